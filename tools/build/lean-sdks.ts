import type { Plugin } from 'esbuild';

/** What klaviyo-api takes of axios, each loaded from node_modules when it is used. */
const LAZY_AXIOS = `const axios = () => require('axios');
module.exports = (...args) => axios()(...args);
for (const name of ['isAxiosError', 'AxiosHeaders']) Object.defineProperty(module.exports, name, { get: () => axios()[name] });`;

const NAMESPACE = 'lazy-axios';

/**
 * Leaves out of the bundle what the SDKs bring along and the function does not use: axios, as `shared/klaviyo/session.ts` makes
 * Klaviyo's calls, and a copy of the buffers that Node has itself.
 */
export const leanSdks: Plugin = {
  name: 'lean-sdks',
  setup(build) {
    build.onResolve({ filter: /^axios$/ }, ({ path, namespace }) =>
      namespace === NAMESPACE ? { path, external: true } : { path, namespace: NAMESPACE },
    );
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({ contents: LAZY_AXIOS }));
    build.onResolve({ filter: /^buffer\/$/ }, () => ({ path: 'node:buffer', external: true }));
  },
};
