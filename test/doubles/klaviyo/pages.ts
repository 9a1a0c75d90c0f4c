import { invalidParameter } from './errors.ts';
import type { Call } from './route.ts';

/** Where Klaviyo's own links lead. The SDK takes a cursor out of a link only when that is https. */
const ORIGIN = 'https://a.klaviyo.com';

/** One page of a list and the links of its answer. */
interface Page<T> {
  records: T[];
  links: { self: string; next: string | null; prev: null };
}

/**
 * The page that `page[size]`, `page[cursor]` and `sort` (by creation) ask for. The cursor names the last record seen
 * and not a position, so that nothing is skipped when records are deleted on the way. Throws 400.
 */
export function pageOf<T extends { created: string }>(records: T[], call: Call, defaultSize: number): Page<T> {
  const { query } = call;
  const size = sizeOf(query.get('page[size]') ?? String(defaultSize));
  const descending = isDescending(query.get('sort') ?? 'created');
  const after = decode(query.get('page[cursor]'));
  const rest = records
    .toSorted((a, b) => (a.created < b.created !== descending ? -1 : 1))
    .filter(({ created }) => after === undefined || (descending ? created < after : created > after));
  const page = rest.slice(0, size);
  const last = rest.length > size ? page.at(-1) : undefined;
  return {
    records: page,
    links: { self: linkTo(call, query), next: last ? linkAfter(call, last.created) : null, prev: null },
  };
}

/** The absolute link to a path of Klaviyo's. */
export function link(path: string): string {
  return ORIGIN + path;
}

function linkTo({ path }: Call, query: URLSearchParams): string {
  return link(query.size === 0 ? path : `${path}?${query}`);
}

function linkAfter(call: Call, created: string): string {
  const query = new URLSearchParams(call.query);
  query.set('page[cursor]', Buffer.from(`after ${created}`).toString('base64url'));
  return linkTo(call, query);
}

function decode(cursor: string | null): string | undefined {
  if (cursor === null) return undefined;
  const [, created] =
    Buffer.from(cursor, 'base64url')
      .toString()
      .match(/^after (.+Z)$/) ?? [];
  if (created === undefined) throw invalidParameter('Invalid cursor.', 'page[cursor]');
  return created;
}

function sizeOf(text: string): number {
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 100) return size;
  throw invalidParameter('Page size must be an integer between 1 and 100.', 'page[size]');
}

function isDescending(sort: string): boolean {
  if (sort === 'created' || sort === '-created') return sort === '-created';
  throw invalidParameter(`The stand-in sorts by 'created' and '-created' only, not '${sort}'.`, 'sort');
}
