import { duplicate, notFound } from './errors.ts';

const PREFIX = '$custom:::$default:::';

/** Klaviyo's id of a catalog entry. */
export function catalogId(externalId: string): string {
  return PREFIX + externalId;
}

/** The entry with this id. Throws 404. */
export function entry<T>(type: string, known: Map<string, T>, id: string): T {
  const [found] = entries(known, [id]);
  if (found === undefined) throw notFound(type, id);
  return found;
}

/** Those of the entries that there are. */
export function entries<T>(known: Map<string, T>, ids: readonly string[]): T[] {
  return ids.flatMap((id) => (id.startsWith(PREFIX) ? (known.get(id.slice(PREFIX.length)) ?? []) : []));
}

/** Throws 409 when the entry is there already. */
export function refuseDuplicate(type: string, known: Map<string, unknown>, externalId: string): void {
  if (known.has(externalId)) throw duplicate(type, catalogId(externalId));
}

const CLEARED: Record<string, unknown> = {
  price: null,
  image_full_url: null,
  image_thumbnail_url: null,
  images: [],
  custom_metadata: {},
};

/** What an entry has when nothing is said. */
export function sellableDefaults() {
  return {
    price: null,
    image_full_url: null,
    image_thumbnail_url: null,
    images: [],
    custom_metadata: {},
    published: true,
  };
}

/** The attributes of a request as they are stored: null clears what may be empty and leaves alone what may not. */
export function changes<T extends object>(attributes: T): { [K in keyof T]: NonNullable<T[K]> } {
  const kept = Object.entries(attributes)
    .map(([key, value]) => [key, value ?? CLEARED[key]])
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept);
}
