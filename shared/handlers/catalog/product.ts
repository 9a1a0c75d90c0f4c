import * as z from 'zod';
import { skusSchema } from '../../commercetools/resources/product.ts';
import type { Write } from '../../klaviyo/writes.ts';
import { defineHandler, type PlanContext, unread } from '../handler.ts';
import { changedItem, ifChanged, type Published, readPublished, skusOf, wholeItem } from './item.ts';

/** The SKUs that a message tells are a hint: a payload of another shape costs a round trip. */
const publication = z.looseObject({ productProjection: skusSchema.optional().catch(undefined) });

/**
 * A product was published, changed, unpublished or deleted: one catalog item with its variants, as the product is now. A
 * product that does not exist any more is deleted whatever the notification says: an earlier attempt may have written it.
 */
export const product = defineHandler({
  name: 'product',
  resource: 'product',
  messages: { ProductPublished: publication, ProductUnpublished: unread },
  changes: ['ResourceUpdated', 'ResourceDeleted'],
  becomes:
    'a catalog item with its variants, and what of it changes while it is published; hidden or deleted when the product is',
  async plan(taken, context) {
    const { id } = taken.notification.resource;
    switch (taken.type) {
      case 'ResourceDeleted':
        return [{ kind: 'deleteItem', id }];
      case 'ResourceUpdated':
        return planUpdate(id, taken.notification.version ?? 0, context);
      case 'ProductPublished': {
        const { productProjection } = taken.payload ?? {};
        const reading = readPublished(id, taken.notification.resourceVersion ?? 0, context);
        return [await wholeItem(id, reading, context, productProjection && skusOf(productProjection))];
      }
      case 'ProductUnpublished':
        return [await wholeItem(id, readUnpublished(id, taken.notification.resourceVersion, context), context)];
    }
  },
});

/**
 * Plans an update: prices, discounts, categories and variants may change without a publication (`staged: false`). Most updates
 * are edits that are not published yet, and cost one read. A product that is not published asks for nothing: its publication
 * has a message of its own.
 */
async function planUpdate(id: string, version: number, context: PlanContext): Promise<Write[]> {
  if (!context.previous) {
    const found = await context.commercetools.products.published(id);
    if (!found) return [];
    if (found.version >= version) return [await changedItem(found, context)];
  }
  return [ifChanged(await wholeItem(id, readPublished(id, version, context), context))];
}

/** Returns the product of a ProductUnpublished if a newer version than the message's is published; the query may lag behind. */
async function readUnpublished(
  id: string,
  resourceVersion: number | undefined,
  { commercetools: { products } }: PlanContext,
): Promise<Published> {
  const found = await products.published(id);
  const isNewer = found && resourceVersion !== undefined && found.version > resourceVersion;
  return isNewer ? found : 'unpublished';
}
