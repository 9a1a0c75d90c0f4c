import pMap from 'p-map';
import type { Settings } from '../config/settings.ts';
import type { CommercetoolsClient } from './client.ts';
import { type Product, type ProductCategories, productCategoriesSchema, productSchema } from './resources.ts';

/** Keeps the URL of a query under 8 KB: an id takes 45 characters in it. */
const IDS_A_QUERY = 100;
const expand = 'categories[*].ancestors[*]';

/** Reads published products, with their categories and those's ancestors expanded. */
export const productReader = ({ api, query }: CommercetoolsClient, { prices }: Settings) => ({
  /** The product as it is published now, with prices selected; undefined when it is not published, or gone. */
  async published(id: string): Promise<Product | undefined> {
    const selection = prices.currency && {
      priceCurrency: prices.currency,
      priceCountry: prices.country,
      priceChannel: prices.channel,
    };
    const queryArgs = { where: 'id=:id', 'var.id': id, staged: false, limit: 1, expand, ...selection };
    const [product] = await query(`product ${id}`, productSchema, api.productProjections().get({ queryArgs }));
    return product;
  },

  /** The published ones of the given products with their categories, in any order. */
  async categories(ids: readonly string[]): Promise<ProductCategories[]> {
    const chunks = chunksOf([...new Set(ids)], IDS_A_QUERY);
    const pages = await pMap(
      chunks,
      (chunk) => {
        const queryArgs = { where: 'id in :ids', 'var.ids': chunk, staged: false, limit: chunk.length, expand };
        return query('products of an order', productCategoriesSchema, api.productProjections().get({ queryArgs }));
      },
      { concurrency: 4 },
    );
    return pages.flat();
  },
});

const chunksOf = (ids: string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size));
