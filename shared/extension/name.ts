import type { Write } from '../klaviyo/writes.ts';

/** Returns kind and id of a write, safe to log: `createEvent Placed Order 0de50000-…`. */
export function nameOf(write: Write): string {
  const { kind } = write;
  switch (kind) {
    case 'createProfile':
    case 'upsertProfile':
      return `${kind} ${write.profile.externalId}`;
    case 'createEvent':
      return `${kind} ${write.event.metric} ${write.event.uniqueId}`;
    case 'upsertItem':
      return `${kind} ${write.item.id}`;
    case 'upsertCategory':
      return `${kind} ${write.category.id}`;
    case 'setInventory':
      return `${kind} ${write.variantId}`;
    case 'identify':
    case 'eraseProfile':
    case 'subscribe':
    case 'unsubscribe':
      return `${kind} ${write.externalId ?? 'a guest'}`;
    case 'deleteCategory':
    case 'unpublishItem':
    case 'deleteItem':
      return `${kind} ${write.id}`;
  }
}
