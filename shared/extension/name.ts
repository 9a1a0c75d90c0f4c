import type { Write } from '../klaviyo/writes.ts';

/** Returns kind and id of a write, safe to log: `createEvent Placed Order 0de50000-…`. */
export const nameOf = (write: Write): string =>
  [write.kind, ...(write.kind === 'createEvent' ? [write.event.metric] : []), idOf(write)].join(' ');

/** Returns the id of what a write is about, safe to log. */
export function idOf(write: Write): string {
  switch (write.kind) {
    case 'createProfile':
    case 'upsertProfile':
      return write.profile.externalId;
    case 'createEvent':
      return write.event.uniqueId;
    case 'upsertItem':
      return write.item.id;
    case 'upsertCategory':
      return write.category.id;
    case 'setInventory':
      return write.variantId;
    case 'identify':
    case 'eraseProfile':
    case 'subscribe':
    case 'unsubscribe':
      return write.externalId ?? 'a guest';
    case 'deleteCategory':
    case 'unpublishItem':
    case 'deleteItem':
      return write.id;
  }
}
