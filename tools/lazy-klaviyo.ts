import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** The APIs of Klaviyo that the function calls: they and their models are bundled. */
const BUNDLED_APIS = ['profilesApi', 'eventsApi', 'catalogsApi'];
const INDEXES = /klaviyo-api[\\/]dist[\\/](api|api[\\/]apis|model[\\/]models)\.js$/;

/**
 * Bundles klaviyo-api so that its index files evaluate a module when it is first used, instead of all 1900 at start, and
 * leaves the modules that our calls do not need in node_modules. Only when and from where things are loaded changes, not
 * what they are: should one of those be needed after all, it is there.
 */
export const lazyKlaviyo: Plugin = {
  name: 'lazy-klaviyo',
  setup(build) {
    let bundled: Promise<Set<string>> | undefined;
    build.onLoad({ filter: INDEXES }, async ({ path }) => ({ contents: makeLazy(await readFile(path, 'utf8'), path) }));
    build.onResolve({ filter: /^\.\/\w+$/ }, async ({ path, importer }) => {
      if (!/klaviyo-api[\\/]dist[\\/](api[\\/]apis|model[\\/]models)\.js$/.test(importer)) return undefined;
      bundled ??= bundledModules(dirname(dirname(importer)));
      if ((await bundled).has(basename(path))) return undefined;
      return { path: `klaviyo-api/dist/${basename(dirname(importer))}/${basename(path)}`, external: true };
    });
  },
};

/**
 * The text of an index file of klaviyo-api with lazy imports, maps and exports: five patterns that the SDK's generator
 * writes, a line each.
 *
 * @throws Error when one of them is left over, as a new version of the SDK would then be half lazy
 */
export function makeLazy(text: string, path: string): string {
  const require = createRequire(path);
  const files = new Map<string, string>();
  const lazy = text
    .replace(/^__exportStar\(require\("(\..*?)"\), exports\);$/gm, (_, file) => {
      const names = Object.keys(require(file)).filter((name) => name !== '__esModule');
      return `for (const name of ${JSON.stringify(names)}) ${defineExport('name', `require("${file}")[name]`)}`;
    })
    .replace(/^const (\w+_1) = require\("(\..*?)"\);\n/gm, (_, name, file) => {
      files.set(name, file);
      return '';
    })
    .replace(/\b\w+_1\b/g, (name) => (files.has(name) ? `require("${files.get(name)}")` : name))
    .replace(/^ {4}("[\w.]+"): (require\("\..*?"\)[\w.]+),?$/gm, '    get $1() { return $2; },')
    .replace(/^exports\.(\w+) = (new require.*);$/gm, (_, name, value) => defineExport(`"${name}"`, value))
    .replace(/^exports\.(Klaviyo) = ({.*});$/gm, (_, name, value) => defineExport(`"${name}"`, `(${value})`));
  const eager = lazy.match(/^(const \w+ =|exports\.\w+ =| {4}"[\w.]+":) (new )?require\("\..*$/m);
  if (eager) throw new Error(`${path} is not written as expected: ${eager[0]}`);
  return lazy;
}

/** A property that is worked out when it is read, as CommonJS text. */
const defineExport = (name: string, value: string) =>
  `Object.defineProperty(exports, ${name}, { enumerable: true, configurable: true, get: () => ${value} });`;

/** The names of the modules that the bundled APIs need: the types they name, and those that these are made of. */
async function bundledModules(dist: string): Promise<Set<string>> {
  const load = createRequire(join(dist, 'api.js'));
  const found = new Set(BUNDLED_APIS);
  const add = (types: Iterable<string>) => {
    for (const type of types) {
      const name = type.replace(/^Array<|>$/g, '');
      const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      if (found.has(file)) continue;
      const model = load('./api.js')[name];
      if (!model) continue;
      found.add(file);
      if (typeof model.getAttributeTypeMap === 'function')
        add(model.getAttributeTypeMap().map(({ type }: { type: string }) => type));
    }
  };
  for (const api of BUNDLED_APIS) {
    const text = await readFile(join(dist, 'api', `${api}.js`), 'utf8');
    add([...text.matchAll(/serialize\([^"]*"([\w<>]+)"\)/g)].flatMap(([, type]) => type ?? []));
  }
  return found;
}
