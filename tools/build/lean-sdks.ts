import type { Plugin } from 'esbuild';

/** What klaviyo-api takes of axios, each loaded from node_modules when it is used. */
const LAZY_AXIOS = `const axios = () => require('axios');
module.exports = (...args) => axios()(...args);
for (const name of ['isAxiosError', 'AxiosHeaders']) Object.defineProperty(module.exports, name, { get: () => axios()[name] });`;

const NAMESPACE = 'lazy-axios';

/**
 * Returns the plugin that leaves out of the bundle what the SDKs bring along and the function does not use: axios, as
 * `shared/klaviyo/session.ts` makes Klaviyo's calls, and a copy of the buffers that Node has itself.
 *
 * @param standsAlone whether there are no node_modules, so that axios is bundled after all, and evaluated when it is used
 */
export const leanSdks = (standsAlone: boolean): Plugin => ({
  name: 'lean-sdks',
  setup(build) {
    build.onResolve({ filter: /^axios$/ }, ({ path, namespace }) => {
      if (namespace !== NAMESPACE) return { path, namespace: NAMESPACE };
      return standsAlone ? undefined : { path, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({ contents: LAZY_AXIOS, resolveDir: process.cwd() }));
    build.onResolve({ filter: /^buffer\/$/ }, () => ({ path: 'node:buffer', external: true }));
  },
});
