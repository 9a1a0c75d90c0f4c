import type { Write } from '../../shared/klaviyo/writes.ts';
import type { KlaviyoStandIn } from '../doubles/klaviyo/server.ts';

/** Whether what a write asks for is so in Klaviyo. */
export function isApplied(write: Write, klaviyo: KlaviyoStandIn): boolean {
  const profiles = [...klaviyo.state.profiles.values()];
  switch (write.kind) {
    case 'createProfile':
    case 'upsertProfile':
      return profiles.some(
        ({ external_id, first_name }) =>
          external_id === write.profile.externalId && first_name === (write.profile.firstName ?? first_name),
      );
    case 'identify':
      return profiles.some(({ external_id }) => external_id === write.externalId);
    case 'eraseProfile':
      return !profiles.some(({ external_id }) => external_id === write.externalId);
    case 'subscribe':
    case 'unsubscribe':
      return klaviyo.requests.some(({ path }) => path.startsWith('/api/profile-subscription-bulk-'));
    case 'createEvent':
      return klaviyo.eventsOf(write.event.metric).some(({ unique_id }) => unique_id === write.event.uniqueId);
    case 'upsertCategory':
      return klaviyo.category(write.category.id)?.name === write.category.name;
    case 'deleteCategory':
      return klaviyo.category(write.id) === undefined;
    case 'upsertItem':
      return (
        klaviyo.item(write.item.id)?.published === true &&
        write.item.variants.every(({ id, price }) => klaviyo.variant(id)?.price === price)
      );
    case 'unpublishItem':
      return !klaviyo.item(write.id)?.published;
    case 'deleteItem':
      return klaviyo.item(write.id) === undefined;
    case 'setInventory':
      return (
        (klaviyo.variant(write.variantId)?.inventory_quantity ?? write.stock.inventoryQuantity) ===
        write.stock.inventoryQuantity
      );
  }
}
