import { LRUCache } from 'lru-cache';
import pMap from 'p-map';
import type { Settings } from '../../config/settings.ts';
import type { CommercetoolsClient } from '../client.ts';
import {
  type CategorizedProduct,
  categorizedProductSchema,
  modularProductSchema,
  type Product,
  type ProductState,
  productSchema,
  productStateSchema,
} from '../resources/product.ts';
import { chunksOf, IDS_A_QUERY } from './pages.ts';
import { variantProjectionReader } from './variant-projections.ts';

const REMEMBERED = 5000;
const expand = 'categories[*].ancestors[*]';

/** Reads published products, with their categories and the ancestors of these expanded. */
export function productReader({ api, read, query }: CommercetoolsClient, { prices, catalog }: Settings) {
  /** For lru-cache, 0 would mean for ever. */
  const ttl = Math.max(1, catalog.categoryCacheSeconds * 1000);
  const { currency: priceCurrency, country: priceCountry, channel: priceChannel } = prices;
  const selection = priceCurrency ? { priceCurrency, priceCountry, priceChannel } : {};
  const isModular = catalog.model === 'modular';
  const modular = variantProjectionReader({ api, query }, selection);
  const recent = new LRUCache<string, CategorizedProduct>({ max: REMEMBERED, ttl });

  async function publishedWhere(what: string, predicate: { where: string; [variable: `var.${string}`]: string }) {
    const queryArgs = { ...predicate, staged: false, limit: 1, expand, ...selection };
    const request = api.productProjections().get({ queryArgs });
    if (!isModular) return (await query(what, productSchema, request))[0];
    const [product] = await query(what, modularProductSchema, request);
    const { masterVariant } = product ?? {};
    return product && (masterVariant ? { ...product, masterVariant } : modular.complete(product));
  }

  const published = (id: string): Promise<Product | undefined> =>
    publishedWhere(`product ${id}`, { where: 'id=:id', 'var.id': id });

  return {
    /** Returns the product as it is published now, with prices selected; undefined when it is not published. */
    published,

    /** Returns the product that a SKU belongs to, as it is published now; undefined when it is not published. */
    async publishedBySku(sku: string): Promise<Product | undefined> {
      const where = 'masterVariant(sku=:sku) or variants(sku=:sku)';
      const found = await publishedWhere('product of a SKU', { where, 'var.sku': sku });
      if (found || !isModular) return found;
      const id = await modular.productOf(sku);
      return id === undefined ? undefined : published(id);
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
          const queryArgs = { where: 'id in :ids', 'var.ids': chunk, staged: false, limit: chunk.length, expand };
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
