import type { InventoryEntry } from '../../commercetools/resources/inventory-entry.ts';
import type { Product, Skus } from '../../commercetools/resources/product.ts';
import { RetryableError } from '../../errors.ts';
import type { Write } from '../../klaviyo/writes.ts';
import { toItem } from '../../mappers/catalog/item.ts';
import type { PlanContext } from '../handler.ts';

/** A write of an item. */
type ItemWrite = Extract<Write, { kind: 'upsertItem' | 'unpublishItem' | 'deleteItem' }>;

/** A product as it is published, or why there is none. */
export type Published = Product | 'unpublished' | 'gone';

/**
 * Returns a product as it is published now. The query for it may lag behind; the product by its id does not, but has no
 * selected prices.
 *
 * @param version the least version that the product has by now
 * @throws RetryableError while a newer state of the product is published than can be queried
 */
export async function readPublished(
  id: string,
  version: number,
  { commercetools: { products } }: PlanContext,
): Promise<Published> {
  const found = await products.published(id);
  if (found && found.version >= version) return found;
  const current = await products.byId(id);
  if (!current) return 'gone';
  if (!current.masterData.published) return 'unpublished';
  if (found && found.version >= current.version) return found;
  throw new RetryableError(`product ${id} is published, but cannot be queried as it is now yet`);
}

/** Returns the SKUs of a product. */
export const skusOf = ({ masterVariant, variants }: Skus): string[] =>
  [masterVariant, ...variants].flatMap(({ sku }) => sku || []);

/**
 * Returns the whole item of a product with the stock of its variants; hides or deletes it when the product is not published.
 * Stock comes from the inventory, as a projection's `availability` may lag behind.
 *
 * @param likely SKUs that the product probably has, so that their stock is read beside it instead of after it
 */
export async function wholeItem(
  id: string,
  reading: Promise<Published> | Published,
  context: PlanContext,
  likely: readonly string[] = [],
): Promise<ItemWrite> {
  const { commercetools, settings, previous = [] } = context;
  const skus = [...likely, ...previous.flatMap((write) => variantIds(write, id))];
  const [product, early] = await Promise.all([reading, commercetools.inventory.ofSkus(skus)]);
  if (typeof product === 'string') {
    const isDeleted = product === 'gone' || settings.catalog.onUnpublish === 'delete';
    return { kind: isDeleted ? 'deleteItem' : 'unpublishItem', id };
  }
  const late = await commercetools.inventory.ofSkus(skusOf(product).filter((sku) => !skus.includes(sku)));
  return toUpsert(product, context, [...early, ...late]);
}

/**
 * Returns the item of a product, to be written where it differs from Klaviyo's. The first plan leaves the stock out, which has
 * notifications of its own: so an edit that changes nothing of what is published costs one read. What had to be written, or is
 * missing in Klaviyo, is planned again with its stock.
 */
export async function changedItem(product: Product, context: PlanContext): Promise<ItemWrite> {
  const item = context.previous ? await wholeItem(product.id, product, context) : toUpsert(product, context);
  return ifChanged(item);
}

/** Returns the same write, to be made where it differs from Klaviyo's. */
export const ifChanged = (write: ItemWrite): ItemWrite =>
  write.kind === 'upsertItem' ? { ...write, ifChanged: true } : write;

function toUpsert(product: Product, { settings, warn }: PlanContext, inventory?: InventoryEntry[]): ItemWrite {
  if (product.priceMode === 'Standalone' && !settings.prices.currency)
    warn('no Standalone price can be read without a currency: set PREFERRED_CURRENCY');
  return { kind: 'upsertItem', ...toItem(product, settings, Date.now(), inventory) };
}

/** A variant has its SKU as its id; an id that is none finds no stock. */
const variantIds = (write: Write, itemId: string): string[] =>
  write.kind === 'upsertItem' && write.item.id === itemId ? write.item.variants.map(({ id }) => id) : [];
