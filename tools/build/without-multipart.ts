import type { Plugin } from 'esbuild';

const STUB = `module.exports = class FormData {
  constructor() { throw new Error('multipart bodies are not bundled'); }
};`;

/** Leaves out of the bundle what axios needs for multipart bodies, with its list of all MIME types: we send JSON only. */
export const withoutMultipart: Plugin = {
  name: 'without-multipart',
  setup(build) {
    build.onResolve({ filter: /^form-data$/ }, () => ({ path: 'form-data', namespace: 'without-multipart' }));
    build.onLoad({ filter: /.*/, namespace: 'without-multipart' }, () => ({ contents: STUB }));
  },
};
