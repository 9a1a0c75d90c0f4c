import * as z from 'zod';
import { type CatalogItem, defineExtension, type Event } from '#extension';

/** The brand that this deployment's Klaviyo account is about, and the category at the root of its catalog. */
const BRAND = 'Nordhang';
const ROOT = 'Women';

const items = z.array(
  z.looseObject({ Brand: z.string().optional(), ProductName: z.string().optional(), RowTotal: z.number() }),
);

const isOfBrand = ({ categories }: CatalogItem): boolean =>
  categories.some(({ name }) => name.split(' > ')[0] === ROOT);

/** An event of an order, with the items of the brand only; undefined where the order has none. */
function ofBrand(event: Event): Event | undefined {
  const { data: all } = items.safeParse(event.properties.Items);
  const { ProductBrand = BRAND } = event.properties;
  if (!all) return ProductBrand === BRAND ? event : undefined;
  const own = all.filter(({ Brand }) => Brand === BRAND);
  if (own.length === 0) return undefined;
  if (own.length === all.length) return event;
  const value = Math.round(own.reduce((sum, { RowTotal }) => sum + RowTotal, 0) * 100) / 100;
  const ItemNames = own.flatMap(({ ProductName }) => ProductName ?? []);
  return { ...event, value, properties: { ...event.properties, Items: own, ItemNames, Brands: [BRAND] } };
}

/** One brand of a project that has several: other brands' products, and what was ordered of them, go to no account or to another one. */
export default defineExtension({
  name: 'one-brand',
  item: (item) => (isOfBrand(item) ? item : undefined),
  event: ofBrand,
});
