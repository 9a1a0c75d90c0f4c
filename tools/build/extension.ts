import type { Plugin } from 'esbuild';
import { extensionFile } from '../../shared/extension/where.ts';

/** In place of `shared/extension/installed.ts`, where there is no extension: nothing of that folder is bundled then. */
const NONE = 'export const readExtension = () => undefined;';

/** Where there is one. Its file runs when it is read, so that what it throws is told as wrong configuration. */
const withFile = (file: string) => `import { install } from './install.ts';
let extension;
export const readExtension = () => (extension ??= install(() => require(${JSON.stringify(file)}).default));`;

/** Bundles the merchant's extension, where there is one. */
export const extension: Plugin = {
  name: 'extension',
  setup({ onLoad }) {
    onLoad({ filter: /shared\/extension\/installed\.ts$/ }, () => {
      const file = extensionFile();
      return { contents: file === undefined ? NONE : withFile(file), loader: 'ts' };
    });
  },
};
