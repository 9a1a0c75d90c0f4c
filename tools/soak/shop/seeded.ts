import { type Resources, seeded, type TypeId } from '../../../test/doubles/shop/seed.ts';

/** The first resource of a type among the fixtures, for the shape of those that are made up. Throws without one. */
export function firstSeeded<T extends TypeId>(typeId: T): Resources[T] {
  const [first] = seeded(typeId);
  if (first === undefined) throw new Error(`There is no ${typeId} among the fixtures`);
  return first;
}

/** The discount codes of the shop, which never change. */
export const DISCOUNT_CODES = seeded('discount-code');
