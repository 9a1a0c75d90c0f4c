import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** What the function calls; the models that these calls need are bundled. */
export const CALLS: Record<string, string[]> = {
  eventsApi: ['createEvent', 'bulkCreateEvents'],
  profilesApi: [
    ...['createProfile', 'updateProfile', 'getProfile', 'getProfiles', 'mergeProfiles'],
    ...['getListIdsForProfile', 'bulkSubscribeProfiles', 'bulkUnsubscribeProfiles'],
  ],
  dataPrivacyApi: ['requestProfileDeletion'],
  catalogsApi: [
    ...['createCatalogCategory', 'updateCatalogCategory', 'deleteCatalogCategory', 'getCatalogCategories'],
    ...['createCatalogItem', 'updateCatalogItem', 'deleteCatalogItem', 'updateCategoriesForCatalogItem'],
    ...['getCatalogItem', 'getCategoryIdsForCatalogItem', 'getCatalogVariant'],
    ...['createCatalogVariant', 'updateCatalogVariant', 'deleteCatalogVariant', 'getVariantsForCatalogItem'],
  ],
};

const MODELS = /[\\/]model$/;
const INDEXES = /klaviyo-api[\\/]dist[\\/](api|api[\\/]apis|model[\\/]models)\.js$/;

/**
 * Returns the plugin that bundles klaviyo-api so that its index files evaluate a module when it is first used, instead of all
 * 1900 at start, and leaves the modules that our calls do not need in node_modules. Only when and from where things are loaded
 * changes, not what they are: should one of those be needed after all, it is there.
 *
 * @param standsAlone whether there are no node_modules, so that every module is bundled
 */
export const lazyKlaviyo = (standsAlone: boolean): Plugin => ({
  name: 'lazy-klaviyo',
  setup(build) {
    build.onLoad({ filter: INDEXES }, async ({ path }) => {
      const bundled = standsAlone ? EVERYTHING : await bundledModules(path.slice(0, path.lastIndexOf('dist') + 4));
      return { contents: makeLazy(await readFile(path, 'utf8'), path, bundled) };
    });
    build.onResolve({ filter: /^\.\/\w+Api$/ }, ({ path, importer }) => {
      if (standsAlone || !INDEXES.test(importer) || basename(path) in CALLS) return undefined;
      return { path: `klaviyo-api/dist/api/${basename(path)}`, external: true };
    });
  },
});

/** The files of models that are bundled. */
type Bundled = Pick<ReadonlySet<string>, 'has'>;

const EVERYTHING: Bundled = { has: () => true };

/**
 * The text of an index file of klaviyo-api with lazy imports, maps and exports: the patterns that the SDK's generator
 * writes, a line each.
 *
 * @throws Error when one of them is left over, as a new version of the SDK would then be half lazy
 */
function makeLazy(text: string, path: string, bundled: Bundled): string {
  const load = createRequire(path);
  const files = new Map<string, string>();
  const lazy = text
    .replace(/^__exportStar\(require\("(\..*?)"\), exports\);$/gm, (_, file) => {
      const isModel = MODELS.test(dirname(join(dirname(path), file)));
      const names = Object.keys(load(file)).filter((name) => !isModel || bundled.has(fileOf(name)));
      if (names.length === 0) return '';
      return `for (const name of ${JSON.stringify(names)}) ${defineExport('name', `require("${file}")[name]`)}`;
    })
    .replace(/^const (\w+_1) = require\("(\..*?)"\);\n/gm, (_, name, file) => {
      files.set(name, file);
      return '';
    })
    .replace(/\b\w+_1\b/g, (name) => (files.has(name) ? `(require("${files.get(name)}"))` : name))
    .replace(/^(let|const) (\w+) = {\n([\s\S]*?)^};$/gm, (_, kind, map, body) => {
      const [kept, left] = splitMap(body, bundled);
      return `${kind} ${map} = {\n${kept}\n};\nfor (const name of ${JSON.stringify(left)}) leaveOut(${map}, name);`;
    })
    .replace(/^exports\.(\w+) = (new \(require.*);$/gm, (_, name, value) => defineExport(`"${name}"`, value))
    .replace(/^exports\.(Klaviyo) = ({.*});$/gm, (_, name, value) => defineExport(`"${name}"`, `(${value})`));
  const eager = /^(const \w+ =|exports\.\w+ =| {4}"[\w.]+":) (new )?\(?require\("\..*$/m.exec(lazy);
  if (eager) throw new Error(`${path} is not written as expected: ${eager[0]}`);
  return `${lazy}\n${LEAVE_OUT}`;
}

/** The entries of a map whose model is bundled, each worked out when it is read, and the names of the others. */
function splitMap(body: string, bundled: Bundled): [kept: string, left: string[]] {
  const left: string[] = [];
  const kept = body.replace(
    /^ {4}"([\w.]+)": (\(require\("\.\/(\w+)"\)\)\.([\w.]+)),?\n/gm,
    (_, name, value, file, member) => {
      if (!bundled.has(file) && name === member && file === fileOf(name)) {
        left.push(name);
        return '';
      }
      return `    get "${name}"() { return ${value}; },\n`;
    },
  );
  return [kept, left];
}

/** The file of a model, or of an enumeration in it: `profileEnum` of `ProfileEnum`. */
const fileOf = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1).split('.')[0]}`;

/** Gives a map an entry that comes from node_modules when it is read; the same rule as `fileOf`, as CommonJS text. */
const LEAVE_OUT = `function leaveOut(map, name) {
  const [first] = name.split('.');
  const get = () => name.split('.').reduce((value, key) => value[key], require('klaviyo-api/dist/model/' + first[0].toLowerCase() + first.slice(1)));
  Object.defineProperty(map, name, { enumerable: true, get });
}`;

/** A property that is worked out when it is read, as CommonJS text. */
const defineExport = (name: string, value: string) =>
  `Object.defineProperty(exports, ${name}, { enumerable: true, configurable: true, get: () => ${value} });`;

/** The files of the models that our calls need: the types that the calls name, and those that these are made of. */
async function bundledModules(dist: string): Promise<Set<string>> {
  const load = createRequire(join(dist, 'api.js'));
  const found = new Set<string>();
  const add = (types: Iterable<string>) => {
    for (const type of types) {
      const name = type.replace(/^Array<|>$/g, '');
      const model = load('./api.js')[name];
      if (!model || found.has(fileOf(name))) continue;
      found.add(fileOf(name));
      add((model.getAttributeTypeMap?.() ?? []).map(({ type }: { type: string }) => type));
    }
  };
  for (const [api, methods] of Object.entries(CALLS)) {
    const text = await readFile(join(dist, 'api', `${api}.js`), 'utf8');
    for (const method of methods) {
      const [body] = new RegExp(`^ {4}${method}\\([\\s\\S]*?^ {4}}$`, 'm').exec(text) ?? [];
      if (!body) throw new Error(`klaviyo-api has no ${api}.${method}`);
      add([...body.matchAll(/serialize\([^"]*"([\w<>]+)"\)/g)].flatMap(([, type]) => type ?? []));
    }
  }
  return found;
}
