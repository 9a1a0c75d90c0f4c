import { readFileSync } from 'node:fs';
import { BUYER, benchId, CUSTOMERS, digits, GROUP, GROUPS, NUMBER, numberOf, PLACED, sizeOf, skuOf } from './ids.ts';

type Json = Record<string, unknown>;

/** Variants of the products that orders are of. */
const ORDERED_VARIANTS = 5;

const seeds = (file: string): Json[] =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/shop/${file}.json`, import.meta.url), 'utf8'));

const list = (value: unknown): Json[] => (Array.isArray(value) ? value : []);
const json = (value: unknown): Json => Object(value);
const categories = seeds('categories');
const deep = categories.filter(({ ancestors }) => list(ancestors).length > 0);
const [customerSeed, orderSeed, paymentSeed, entrySeed, productSeed] = [
  'customers',
  'orders',
  'payments',
  'inventory',
  'products',
].map((file) => json(seeds(file)[0]));

const expanded = (references: unknown): Json[] =>
  list(references).map((reference) => ({ ...reference, obj: categories.find(({ id }) => id === reference.id) }));

/** A text made once for each key, with placeholders for what differs. */
function templates<K extends unknown[]>(make: (...key: K) => Json): (...key: K) => string {
  const made = new Map<string, string>();
  return (...key) => {
    const text = made.get(key.join()) ?? JSON.stringify(make(...key));
    made.set(key.join(), text);
    return text;
  };
}

const customerText = templates((size: number) => ({
  ...customerSeed,
  id: benchId('customer', size, NUMBER),
  email: `shopper-${NUMBER}@example.org`,
}));

const orderText = templates((size: number, customer: number) => ({
  ...orderSeed,
  id: benchId('order', size, NUMBER),
  orderNumber: `B-${NUMBER}`,
  createdAt: PLACED,
  lastModifiedAt: PLACED,
  customerId: customer === CUSTOMERS.guest ? undefined : benchId('customer', customer, BUYER),
  customerEmail: `shopper-${BUYER}@example.org`,
  lineItems: Array.from({ length: size }, (_, line) => {
    const seed = json(list(orderSeed?.lineItems).at(line % 2));
    const productId = benchId('product', ORDERED_VARIANTS, GROUP + digits(line, 3));
    const variant = { ...json(seed.variant), sku: skuOf(productId, 1) };
    return { ...seed, id: benchId('lineItem', line, NUMBER), productId, productKey: `key-${productId}`, variant };
  }),
}));

const productText = templates((size: number, category: number, isExpanded: boolean) => {
  const id = benchId('product', size, NUMBER);
  const current = json(json(productSeed?.masterData).current);
  const { id: categoryId, ...rest } = json(deep[category]);
  const obj = { id: categoryId, ...rest, ancestors: expanded(rest.ancestors) };
  const variants = Array.from({ length: size }, (_, index) => {
    const seed = json([current.masterVariant, ...list(current.variants)][index % 5]);
    return { ...seed, id: index + 1, sku: skuOf(id, index + 1), price: list(seed.prices).at(0) };
  });
  return {
    ...current,
    id,
    version: 7,
    key: `key-${id}`,
    productType: productSeed?.productType,
    createdAt: productSeed?.createdAt,
    lastModifiedAt: productSeed?.lastModifiedAt,
    categories: [{ typeId: 'category', id: categoryId, ...(isExpanded && { obj }) }],
    masterVariant: variants[0],
    variants: variants.slice(1),
    published: true,
    hasStagedChanges: false,
  };
});

const paymentText = templates(() => ({ ...paymentSeed, id: benchId('payment', 1, NUMBER) }));

const entryText = templates((size: number, variant: number) => ({
  ...entrySeed,
  id: benchId('entry', variant, NUMBER),
  sku: skuOf(benchId('product', size, NUMBER), variant),
}));

/** What of an order is not as usual. */
interface OrderOptions {
  /** Of the products that its lines are of; one that orders share when left out. */
  group?: number | undefined;
  /** One of `CUSTOMERS`; one whom Klaviyo knows when left out. */
  customer?: number | undefined;
  /** Digits of the number of the buyer; the order's own when left out. */
  buyer?: string;
  /** When it was placed, ISO 8601. */
  placed?: string;
}

/** commercetools' resources as JSON, made from the local shop's by their ids alone. */
export const resource = {
  customer: (id: string) => customerText(sizeOf(id)).replaceAll(NUMBER, numberOf(id)),
  payment: (id: string) => paymentText().replaceAll(NUMBER, numberOf(id)),
  entry: (id: string) => entryText(1, 1).replaceAll(NUMBER, numberOf(id)),
  entryOf(sku: string) {
    const [product = '', variant] = sku.split('.');
    return entryText(sizeOf(product), Number(variant)).replaceAll(NUMBER, numberOf(product));
  },
  order(id: string, { group, customer, buyer, placed }: OrderOptions = {}) {
    const number = numberOf(id);
    return orderText(sizeOf(id), customer ?? CUSTOMERS.known)
      .replaceAll(NUMBER, number)
      .replaceAll(BUYER, buyer ?? number)
      .replaceAll(GROUP, digits(group ?? Number(number) % GROUPS, GROUP.length))
      .replaceAll(PLACED, placed ?? String(orderSeed?.createdAt));
  },
  product: (id: string, isExpanded: boolean) =>
    productText(sizeOf(id), Number(numberOf(id)) % deep.length, isExpanded).replaceAll(NUMBER, numberOf(id)),
  categories: () => JSON.stringify({ results: categories, count: categories.length, total: categories.length }),
};
