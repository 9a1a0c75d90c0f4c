import type { Write } from '../../klaviyo/writes.ts';
import { toCatalogCategory } from '../../mappers/catalog/category.ts';
import { stockOfEntries } from '../../mappers/catalog/stock.ts';
import type { PlanContext } from '../handler.ts';
import { readPublished, wholeItem } from './item.ts';

/**
 * Returns the writes that correct categories, items, variants and stock which the previous plan of this attempt wrote and the
 * current plan no longer mentions: meanwhile the category or the inventory entry was deleted or moved, the SKU of a price came to
 * another product, or a variant went to another product, whose texts the previous plan may have overwritten. They say what
 * commercetools has now.
 *
 * @throws whatever the readers throw
 */
export async function leftBehind(
  previous: readonly Write[],
  current: readonly Write[],
  context: PlanContext,
): Promise<Write[]> {
  const { commercetools, settings } = context;
  const correctCategory = async (id: string): Promise<Write> => {
    const category = await commercetools.categories.byId(id);
    if (!category) return { kind: 'deleteCategory', id };
    return { kind: 'upsertCategory', category: toCatalogCategory(category, settings.locale), descendants: [] };
  };
  const correctStock = async (sku: string): Promise<Write> => {
    const entries = await commercetools.inventory.ofSkus([sku]);
    return { kind: 'setInventory', variantId: sku, stock: stockOfEntries(entries, settings.catalog.inventoryChannel) };
  };
  const correctItem = (id: string) => wholeItem(id, readPublished(id, 0, context), context);
  const owners = await Promise.all(
    missing(variantSkus, previous, current).map((sku) => commercetools.products.publishedBySku(sku)),
  );
  const planned = new Set(current.flatMap(itemIds));
  const items = new Set([...missing(itemIds, previous, current), ...owners.flatMap((owner) => owner?.id ?? [])]);
  return Promise.all([
    ...missing(categoryIds, previous, current).map(correctCategory),
    ...[...items.difference(planned)].map(correctItem),
    ...missing(stockIds, previous, current).map(correctStock),
  ]);
}

/** Returns the targets of the previous plan that the current plan does not have. */
function missing(
  idsOf: (write: Write) => string[],
  previous: readonly Write[],
  current: readonly Write[],
): readonly string[] {
  const named = new Set(current.flatMap(idsOf));
  return [...new Set(previous.flatMap(idsOf))].filter((id) => !named.has(id));
}

/** The categories that a write creates, names or deletes. */
function categoryIds(write: Write): string[] {
  switch (write.kind) {
    case 'upsertCategory':
      return [write.category, ...write.descendants].map(({ id }) => id);
    case 'upsertItem':
      return write.item.categories.map(({ id }) => id);
    case 'deleteCategory':
      return [write.id];
    default:
      return [];
  }
}

/** The item that a write creates, hides or deletes. */
function itemIds(write: Write): string[] {
  switch (write.kind) {
    case 'upsertItem':
      return [write.item.id];
    case 'unpublishItem':
    case 'deleteItem':
      return [write.id];
    default:
      return [];
  }
}

/** The SKUs of the variants that a write has; a variant without a SKU cannot move to another product. */
const variantSkus = (write: Write): string[] =>
  write.kind === 'upsertItem' ? write.item.variants.map(({ sku }) => sku) : [];

const stockIds = (write: Write): string[] => (write.kind === 'setInventory' ? [write.variantId] : []);
