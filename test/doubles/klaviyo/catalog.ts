import { duplicate, invalid, notFound } from './errors.ts';
import type { Call } from './route.ts';

const PREFIX = '$custom:::$default:::';

/** Klaviyo's id of a catalog entry. */
export function catalogId(externalId: string): string {
  return PREFIX + externalId;
}

/** The entry with this id. Throws 404. */
export function entry<T>(type: string, entries: Map<string, T>, id: string): T {
  const found = id.startsWith(PREFIX) ? entries.get(id.slice(PREFIX.length)) : undefined;
  if (found === undefined) throw notFound(type, id);
  return found;
}

/** Throws 409 when the entry is there already. */
export function refuseDuplicate(type: string, entries: Map<string, unknown>, externalId: string): void {
  if (entries.has(externalId)) throw duplicate(type, catalogId(externalId));
}

/** Throws 400 when the body is about another entry than the path. */
export function requireSameId(call: Call, id: string): void {
  if (id !== call.id) throw invalid('The id must be that of the path.', '/data/id');
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
