import * as fc from 'fast-check';
import { type Resources, seeded, type TypeId } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import type { Change } from './interleavings.ts';

/** A seeded resource by its place in the seed. Throws when there is none. */
export function seed<T extends TypeId>(typeId: T, index: number): Resources[T] {
  const found = seeded(typeId)[index];
  if (!found) throw new Error(`The seed has no ${typeId} ${index}`);
  return found;
}

/** ResourceDeleted of a resource. */
export const deleted = (typeId: TypeId, id: string) => ({
  ...fixture('ResourceDeleted.product'),
  resource: { typeId, id },
});

/** Up to `count` of some changes, whichever and in any order. */
export const some = (count: number, ...changes: fc.Arbitrary<Change>[]) =>
  fc.array(fc.oneof(...changes), { maxLength: count });
