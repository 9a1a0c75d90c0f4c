import type { Resources, TypeId } from '../../../../test/doubles/shop/seed.ts';
import { drafts } from '../../../../test/doubles/shop/subscriptions.ts';
import type { World } from '../../../sandbox/world.ts';
import { change, message } from '../../../soak/shop/notifications.ts';
import { found } from '../http/problem.ts';

type Shop = World['shop'];

/** A resource as far as a notification names it. */
interface Named {
  id: string;
  version: number;
  key?: string;
}

/** The shop in the hands of a merchant: what is changed is told as commercetools would tell it. */
export interface Market extends Pick<Shop, 'all' | 'get'> {
  /** Gives a resource. Throws a 404 when the shop has none. */
  need<T extends TypeId>(typeId: T, id: string): Promise<Resources[T]>;
  /** Adds or replaces a resource, and gives it as it is stored. */
  put<T extends TypeId>(typeId: T, resource: Resources[T]): Promise<Resources[T]>;
  /** Changes a resource to its next version, and gives that. */
  edit<T extends TypeId>(typeId: T, resource: Resources[T], edits: Partial<Resources[T]>): Promise<Resources[T]>;
  remove(typeId: TypeId, id: string): Promise<void>;
  /** Tells a Message of a resource. */
  tell(type: string, typeId: TypeId, resource: Named, payload: object): void;
  /** Tells that a resource was created, changed or deleted. */
  tellChange(type: 'Created' | 'Updated' | 'Deleted', typeId: TypeId, resource: Named, more?: object): void;
  /** Tells what no subscription tells, such as a tick. */
  tellAnyway(notification: object): void;
}

const SUBSCRIPTIONS = drafts();
const IDENTIFIERS = ['orderNumber', 'customerNumber', 'sku', 'key'];

/** What a merchant calls a resource. */
function identifiersOf(resource: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resource).filter(([name, value]) => IDENTIFIERS.includes(name) && typeof value === 'string'),
  );
}

const isTold = (typeId: TypeId, type: string) =>
  SUBSCRIPTIONS.some(({ messages }) =>
    messages.some(({ resourceTypeId, types }) => resourceTypeId === typeId && types.includes(type)),
  );

const areChangesTold = (typeId: TypeId) =>
  SUBSCRIPTIONS.some(({ changes }) => changes.some(({ resourceTypeId }) => resourceTypeId === typeId));

/**
 * Opens a shop to a merchant.
 *
 * @returns the market, and the notifications of all that is done there: those that Terraform's subscriptions ask for
 */
export function openMarket(shop: Shop): { market: Market; told: object[] } {
  const told: object[] = [];
  const now = () => new Date().toISOString();
  const market: Market = {
    all: shop.all,
    get: shop.get,
    need: async (typeId, id) => found(await shop.get(typeId, id), `${typeId} ${id}`),
    put: shop.put,
    edit: (typeId, resource, edits) => shop.put(typeId, { ...resource, ...edits, lastModifiedAt: now() }),
    remove: shop.remove,
    tell(type, typeId, resource, payload) {
      const names = { resourceUserProvidedIdentifiers: identifiersOf(resource) };
      if (isTold(typeId, type)) told.push(message(type, typeId, resource, { ...names, ...payload }, now()));
    },
    tellChange(type, typeId, resource, more) {
      if (areChangesTold(typeId))
        told.push({ ...change(type, typeId, resource, identifiersOf(resource), now()), ...more });
    },
    tellAnyway: (notification) => void told.push(notification),
  };
  return { market, told };
}
