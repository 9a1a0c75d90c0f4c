import type { Plugin } from 'esbuild';

const NAMESPACE = 'absent';

/**
 * Leaves supports-color out of a bundle. debug, which axios brings along, takes supports-color where it happens to be installed, and only
 * development installs it.
 */
export const withoutColors: Plugin = {
  name: 'without-colors',
  setup(build) {
    build.onResolve({ filter: /^supports-color$/ }, ({ path }) => ({ path, namespace: NAMESPACE }));
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, () => ({ contents: 'module.exports = false;' }));
  },
};
