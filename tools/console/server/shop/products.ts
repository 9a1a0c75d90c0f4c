import { randomUUID } from 'node:crypto';
import type { Product, ProductVariant } from '@commercetools/platform-sdk';
import * as z from 'zod';
import { euros } from '../../../soak/shop/order-facts.ts';
import { firstSeeded } from '../../../soak/shop/seeded.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actions } from './action.ts';
import { CURRENCY, goodOf, nameOf } from './goods.ts';
import type { Market } from './market.ts';

const seedEntry = firstSeeded('inventory-entry');
const seedPrice = firstSeeded('standalone-price');
const productId = z.strictObject({ productId: z.string().min(1) });
const sku = z.string().min(1);

/** Changes whether a product is published, and tells it. */
async function setPublished(market: Market, product: Product, published: boolean): Promise<Product> {
  const { masterData } = product;
  const next = await market.edit('product', product, { masterData: { ...masterData, published } });
  if (published) tellPublished(market, next);
  else market.tell('ProductUnpublished', 'product', next, {});
  market.tellChange('Updated', 'product', next);
  return next;
}

/** Tells that a product was published. */
export function tellPublished(market: Market, product: Product): void {
  const { id, version, key, productType, masterData, createdAt, lastModifiedAt } = product;
  const about = { id, version, key, productType, createdAt, lastModifiedAt, published: true };
  const productProjection = { ...about, hasStagedChanges: false, ...masterData.current };
  market.tell('ProductPublished', 'product', product, { productProjection, removedImageUrls: [], scope: 'All' });
}

/** Prices that apply to everybody; what is for a country or for a group stays as it is. */
const isForAll = (price: {
  value: { currencyCode: string };
  country?: string;
  customerGroup?: object;
  channel?: object;
}) => price.value.currencyCode === CURRENCY && !price.country && !price.customerGroup && !price.channel;

async function reprice(market: Market, product: Product, of: string, cents: number): Promise<void> {
  const repriced = <V extends ProductVariant>(variant: V): V =>
    variant.sku === of
      ? {
          ...variant,
          prices: [
            ...(variant.prices ?? []).filter((price) => !isForAll(price)),
            { id: randomUUID(), value: euros(cents) },
          ],
        }
      : variant;
  const { masterData } = product;
  const { current } = masterData;
  const changed = {
    ...current,
    masterVariant: repriced(current.masterVariant),
    variants: current.variants.map((variant) => repriced(variant)),
  };
  const next = await market.edit('product', product, { masterData: { ...masterData, current: changed } });
  market.tellChange('Updated', 'product', next);
}

async function repriceAlone(market: Market, of: string, cents: number): Promise<void> {
  const known = (await market.all('standalone-price')).find((one) => one.sku === of && one.active && isForAll(one));
  const fresh = {
    ...seedPrice,
    id: randomUUID(),
    version: 0,
    key: undefined,
    sku: of,
    country: undefined,
    active: true,
  };
  const price = await market.put('standalone-price', { ...(known ?? fresh), value: euros(cents) });
  market.tellChange(known ? 'Updated' : 'Created', 'standalone-price', price);
}

/** What becomes of products, their prices and their stock. */
export const productActions: Actions<
  'publish-product' | 'unpublish-product' | 'delete-product' | 'change-price' | 'change-stock'
> = {
  'publish-product': {
    request: productId,
    async run(request, market) {
      const { id, masterData } = await setPublished(market, await market.need('product', request.productId), true);
      return { said: `${nameOf(masterData.current.name)} was published.`, id };
    },
  },
  'unpublish-product': {
    request: productId,
    async run(request, market) {
      const product = await market.need('product', request.productId);
      const name = nameOf(product.masterData.current.name);
      if (!product.masterData.published) throw new ProblemError(409, `${name} is not published.`);
      await setPublished(market, product, false);
      return { said: `${name} was taken off the shelves.`, id: product.id };
    },
  },
  'delete-product': {
    request: productId,
    async run(request, market) {
      const product = await market.need('product', request.productId);
      // commercetools deletes no product that is published.
      const hidden = product.masterData.published ? await setPublished(market, product, false) : product;
      await market.remove('product', product.id);
      market.tellChange('Deleted', 'product', hidden);
      return { said: `${nameOf(product.masterData.current.name)} was deleted.`, id: product.id };
    },
  },
  'change-price': {
    request: z.strictObject({ sku, price: z.number().min(0).max(1_000_000) }),
    async run(request, market) {
      const { product } = await goodOf(market, request.sku);
      const cents = Math.round(request.price * 100);
      if (product.priceMode === 'Standalone') await repriceAlone(market, request.sku, cents);
      else await reprice(market, product, request.sku, cents);
      return { said: `${request.sku} costs ${cents / 100} ${CURRENCY} now.`, id: product.id };
    },
  },
  'change-stock': {
    request: z.strictObject({ sku, quantity: z.int().min(0).max(1_000_000) }),
    async run({ sku: of, quantity }, market) {
      const { product } = await goodOf(market, of);
      const known = (await market.all('inventory-entry')).find((one) => one.sku === of && !one.supplyChannel);
      const base = known ?? { ...seedEntry, id: randomUUID(), version: 0, sku: of };
      const lastModifiedAt = new Date().toISOString();
      const amounts = { availableQuantity: quantity, quantityOnStock: quantity, lastModifiedAt };
      const entry = await market.put('inventory-entry', { ...base, ...amounts });
      market.tellChange(known ? 'Updated' : 'Created', 'inventory-entry', entry);
      return { said: `There are ${quantity} of ${of} now.`, id: product.id };
    },
  },
};
