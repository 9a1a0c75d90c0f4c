import { LRUCache } from 'lru-cache';
import pMap from 'p-map';
import type { Settings } from '../../config/settings.ts';
import { RetryableError } from '../../errors.ts';
import type { CommercetoolsClient } from '../client.ts';
import {
  type CategorizedProduct,
  categorizedProductSchema,
  type ModularProduct,
  type Product,
  type ProductState,
  productStateSchema,
} from '../resources/product.ts';
import { chunksOf, chunksOfSkus, IDS_A_QUERY } from './pages.ts';
import { CATEGORIZED, productProjections } from './product-projections.ts';

const REMEMBERED = 5000;

/** What products have to meet, with the variables of it. */
interface Predicate {
  where: string;
  [variable: `var.${string}`]: string | string[];
}

/** Reads published products, with their categories and the ancestors of these expanded. */
export function productReader(client: CommercetoolsClient, settings: Settings) {
  const { api, read, query } = client;
  /** For lru-cache, 0 would mean for ever. */
  const ttl = Math.max(1, settings.catalog.categoryCacheSeconds * 1000);
  const recent = new LRUCache<string, CategorizedProduct>({ max: REMEMBERED, ttl });
  const { schema, projection, complete, modular } = productProjections(client, settings);

  /** Returns the published products that meet a predicate: one, where no limit says more. */
  async function publishedWhere(what: string, predicate: Predicate, limit = 1): Promise<Product[]> {
    return pMap(await foundWhere(what, predicate, limit), whole, { concurrency: 4 });
  }

  const foundWhere = (what: string, predicate: Predicate, limit: number): Promise<ModularProduct[]> =>
    query(what, schema, api.productProjections().get({ queryArgs: { ...predicate, ...projection, limit } }));

  async function whole(found: ModularProduct): Promise<Product> {
    const product = await complete(found);
    if (!product) throw new RetryableError(`product ${found.id} is published, and none of its variants is yet`);
    return product;
  }

  const published = async (id: string): Promise<Product | undefined> =>
    (await publishedWhere(`product ${id}`, { where: 'id=:id', 'var.id': id }))[0];

  /** Returns the products of SKUs, of at most so many as a query can name. */
  async function ofSkus(skus: string[]): Promise<Product[]> {
    const where = 'masterVariant(sku in :skus) or variants(sku in :skus)';
    const found = await publishedWhere('products of SKUs', { where, 'var.skus': skus }, skus.length);
    if (!modular) return found;
    const ids = await modular.productsOf(skus);
    if (ids.length === 0) return found;
    const modularOnes = await publishedWhere('products of SKUs', { where: 'id in :ids', 'var.ids': ids }, ids.length);
    return [...found, ...modularOnes];
  }

  return {
    /** Returns the product as it is published now, with prices selected; undefined when it is not published. */
    published,

    /** Returns those of the products that are published with a variant, in any order, as they are published now. */
    async publishedByIds(ids: readonly string[]): Promise<Product[]> {
      const ofIds = async (chunk: string[]) => {
        const found = await foundWhere('products', { where: 'id in :ids', 'var.ids': chunk }, chunk.length);
        return pMap(found, complete, { concurrency: 4 });
      };
      const pages = await pMap(chunksOf([...new Set(ids)], IDS_A_QUERY), ofIds, { concurrency: 4 });
      return pages.flat().filter((product) => product !== undefined);
    },

    /** Returns the product that a SKU belongs to, as it is published now; undefined when it is not published. */
    async publishedBySku(sku: string): Promise<Product | undefined> {
      const where = 'masterVariant(sku=:sku) or variants(sku=:sku)';
      const [found] = await publishedWhere('product of a SKU', { where, 'var.sku': sku });
      if (found || !modular) return found;
      const [id] = await modular.productsOf([sku]);
      return id === undefined ? undefined : published(id);
    },

    /** Returns the products that SKUs belong to, each once, as they are published now. */
    async publishedBySkus(skus: readonly string[]): Promise<Product[]> {
      const pages = await pMap(chunksOfSkus([...new Set(skus)]), ofSkus, { concurrency: 4 });
      return [...new Map(pages.flat().map((product) => [product.id, product])).values()];
    },

    /** Returns the product by its id, which does not lag behind as a query may; undefined when it does not exist any more. */
    byId: (ID: string): Promise<ProductState | undefined> =>
      read(`product ${ID}`, productStateSchema, api.products().withId({ ID }).get()),

    /**
     * Returns the published ones of the given products with their categories, in any order. This process remembers products
     * for `catalog.categoryCacheSeconds`, so their categories may be that old.
     */
    async withCategories(ids: readonly string[]): Promise<CategorizedProduct[]> {
      const wanted = [...new Set(ids)];
      const known = wanted.flatMap((id) => recent.get(id) ?? []);
      const knownIds = new Set(known.map(({ id }) => id));
      const unknown = wanted.filter((id) => !knownIds.has(id));
      const pages = await pMap(
        chunksOf(unknown, IDS_A_QUERY),
        (chunk) => {
          const queryArgs = { where: 'id in :ids', 'var.ids': chunk, limit: chunk.length, ...CATEGORIZED };
          return query('products of an order', categorizedProductSchema, api.productProjections().get({ queryArgs }));
        },
        { concurrency: 4 },
      );
      const read = pages.flat();
      for (const product of read.filter(isWhole)) recent.set(product.id, product);
      return [...known, ...read];
    },
  };
}

/** Whether every category could be expanded. What could not be expanded may exist a moment later, so it is not remembered. */
const isWhole = ({ categories }: CategorizedProduct): boolean =>
  categories.every(({ obj }) => obj?.ancestors.every((ancestor) => ancestor.obj));
