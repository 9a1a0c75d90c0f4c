import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';

const INDEXES = /klaviyo-api[\\/]dist[\\/](api|api[\\/]apis|model[\\/]models)\.js$/;

/**
 * Bundles klaviyo-api so that its index files evaluate a module when it is first used, instead of all 1900 at start. Only
 * when things happen changes, not what they are: each pattern below is one that the SDK's generator writes, and a file in
 * which one is missing fails the build.
 */
export const lazyKlaviyo: Plugin = {
  name: 'lazy-klaviyo',
  setup(build) {
    build.onLoad({ filter: INDEXES }, async ({ path }) => ({ contents: makeLazy(await readFile(path, 'utf8'), path) }));
  },
};

/** The text of an index file of klaviyo-api with lazy imports, maps and exports. */
export function makeLazy(text: string, path: string): string {
  const require = createRequire(path);
  const imports = new Map<string, string>();
  const getter = (name: string, value: string) =>
    `Object.defineProperty(exports, ${JSON.stringify(name)}, { enumerable: true, configurable: true, get: () => ${value} });`;
  const lazy = text
    .replace(/^__exportStar\(require\("(\..*?)"\), exports\);$/gm, (_, file) => {
      const names = Object.keys(require(file)).filter((name) => name !== '__esModule');
      return `for (const name of ${JSON.stringify(names)}) ${getter('name', `require("${file}")[name]`).replace('"name"', 'name')}`;
    })
    .replace(/^const (\w+_1) = require\("(\..*?)"\);\n/gm, (_, name, file) => {
      imports.set(name, file);
      return '';
    })
    .replace(/\b\w+_1\b/g, (name) => (imports.has(name) ? `require("${imports.get(name)}")` : name))
    .replace(
      /^( {4}"\w+"): (require\("\..*?"\)\.\w+),$/gm,
      (_, name, value) => `    get ${name.trim()}() { return ${value}; },`,
    )
    .replace(/^exports\.(\w+) = (new require\(".*?"\)\.\w+\(new GlobalApiKeySession\(\)\));$/gm, (_, name, value) =>
      getter(name, once(value)),
    )
    .replace(/^exports\.(Klaviyo) = ({.*});$/gm, (_, name, value) => getter(name, `(${value})`));
  if (imports.size === 0 && !lazy.includes('for (const name of'))
    throw new Error(`klaviyo-api is not written as expected: ${path}`);
  return lazy;
}

const once = (value: string) => value;
