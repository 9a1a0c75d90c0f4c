import type { Product, ProductVariant } from '@commercetools/platform-sdk';
import { completeVariant } from '../../../../test/doubles/shop/projection.ts';
import { LOCALE } from '../../../soak/shop/state.ts';
import { ProblemError } from '../http/problem.ts';
import type { Market } from './market.ts';

/** What the shop sells in. */
export const CURRENCY = 'EUR';

/** A variant that can be bought. */
export interface Good {
  sku: string;
  product: Product;
  variant: ProductVariant;
  /** In minor units; undefined when there is no price. */
  cents: number | undefined;
}

/** The name of something in the shop's first language. */
export const nameOf = (texts: Record<string, string>): string => texts[LOCALE] ?? Object.values(texts)[0] ?? '';

/** The variants of a product, as they are for customers. */
export const variantsOf = ({ masterData: { current } }: Product): ProductVariant[] =>
  [current.masterVariant, ...current.variants].filter(Boolean);

/** A price of one country, where there is none for all. */
const usualIn = ({ prices = [] }: ProductVariant) => prices.find(({ value }) => value.currencyCode === CURRENCY);

/** Gives everything that has a SKU, with the price of today. */
export async function goodsOf(market: Pick<Market, 'all'>): Promise<Good[]> {
  const [products, standalonePrices] = await Promise.all([market.all('product'), market.all('standalone-price')]);
  const sources = { selector: { currency: CURRENCY }, inventory: [], standalonePrices };
  return products.flatMap((product) =>
    variantsOf(product).flatMap((variant) => {
      const { sku } = variant;
      if (sku === undefined) return [];
      const { price = usualIn(variant) } = completeVariant(variant, product.priceMode, sources);
      return [{ sku, product, variant, cents: price?.value.centAmount }];
    }),
  );
}

/** Gives what has a SKU. Throws a 404 when nothing has. */
export async function goodOf(market: Pick<Market, 'all'>, sku: string): Promise<Good> {
  const good = (await goodsOf(market)).find((one) => one.sku === sku);
  if (!good) throw new ProblemError(404, `The shop sells nothing with the SKU ${sku}.`, 'sku');
  return good;
}
