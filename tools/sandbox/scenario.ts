import type { Resources, TypeId } from '../../test/doubles/shop/seed.ts';
import { seeded } from '../../test/doubles/shop/seed.ts';
import type { Description } from './describe.ts';
import type { Outcome } from './rows.ts';
import type { World } from './world.ts';

/** Something that happens in the shop or to Klaviyo. */
export type Happening = (world: Pick<World, 'shop' | 'klaviyo'>) => void | Promise<void>;

/** One notification and what it is to become. */
export interface Scenario {
  /** Its file in test/fixtures/platform-format, without `.json`. */
  fixture: string;
  /** Id of the resource that it is about, when not the fixture's own. */
  about?: string;
  /** What happens before, and how to say so. */
  before?: Happening;
  note?: string;
  /** Says what Klaviyo holds of it, and what that is to be. */
  holds?: Description;
  expected?: string;
  /** What its last attempt is to end with; default `synced`. */
  outcome?: Outcome;
  /** How many attempts it is to take, where that is known. */
  attempts?: number;
}

/** A resource of the shop changes. */
export const changed =
  <T extends TypeId>(
    typeId: T,
    resourceId: string,
    edit: (resource: Resources[T]) => Partial<Resources[T]>,
  ): Happening =>
  async ({ shop }) => {
    const resource = await shop.get(typeId, resourceId);
    if (!resource) throw new Error(`The shop has no ${typeId} ${resourceId}`);
    await shop.put(typeId, { ...resource, ...edit(resource) });
  };

/** A resource goes. */
export const removed =
  (typeId: TypeId, resourceId: string): Happening =>
  ({ shop }) =>
    shop.remove(typeId, resourceId);

/** A resource of the seed comes. */
export const added =
  <T extends TypeId>(typeId: T, resourceId: string): Happening =>
  async ({ shop }) => {
    const resource = seeded(typeId).find((one) => one.id === resourceId);
    if (!resource) throw new Error(`The seed has no ${typeId} ${resourceId}`);
    await shop.put(typeId, resource);
  };
