import { invalidParameter } from './errors.ts';
import type { Call } from './route.ts';

/** Where Klaviyo's own links lead. The SDK takes a cursor out of a link only when that is https. */
const ORIGIN = 'https://a.klaviyo.com';

/** One page of a list and the links of its answer. */
export interface Page<T> {
  records: T[];
  links: { self: string; next: string | null; prev: null };
}

/** Where a record stands in a list: what it is sorted by, and its creation, which is never that of two. */
type Place = readonly [by: string, created: string];

/** How many records a page has. */
export interface PageSizes {
  /** Default `page[size]`. */
  pageSize: number;
  /** The largest; 100 by default. */
  maxPageSize?: number;
}

/** By which of these fields a list is sorted, the first by default, and whether backwards: `sort`. Throws 400. */
export function orderOf<F extends string>(
  { query }: Call,
  fields: readonly [F, ...F[]],
): { by: F; isDescending: boolean } {
  const sort = query.get('sort') ?? fields[0];
  const by = fields.find((field) => field === sort.replace(/^-/, ''));
  if (by === undefined) throw invalidParameter(`'${sort}' is none of ${fields.join(', ')}.`, 'sort');
  return { by, isDescending: sort.startsWith('-') };
}

/**
 * The page of a sorted list that `page[size]` and `page[cursor]` ask for. The cursor names the last record seen and not a
 * position, so that nothing is skipped when records are deleted on the way. Throws 400.
 */
export function pageOf<T>(sorted: Iterable<T>, placeOf: (record: T) => Place, call: Call, sizes: PageSizes): Page<T> {
  const size = sizeOf(call.query.get('page[size]') ?? String(sizes.pageSize), sizes.maxPageSize ?? 100);
  const after = decode(call.query.get('page[cursor]'));
  const isBehind = call.query.get('sort')?.startsWith('-') ? isBefore : isAfter;
  const records: T[] = [];
  let isLast = true;
  for (const record of sorted) {
    if (after !== undefined && !isBehind(placeOf(record), after)) continue;
    isLast = records.length < size;
    if (!isLast) break;
    records.push(record);
  }
  const last = isLast ? undefined : records.at(-1);
  const next = last === undefined ? null : linkAfter(call, placeOf(last));
  return { records, links: { self: linkTo(call, call.query), next, prev: null } };
}

/** Whether one place is behind another one. */
export const isAfter = ([by, created]: Place, [otherBy, otherCreated]: Place): boolean =>
  by === otherBy ? created > otherCreated : by > otherBy;

const isBefore = (place: Place, other: Place): boolean => isAfter(other, place);

/** The absolute link to a path of Klaviyo's. */
export function link(path: string): string {
  return ORIGIN + path;
}

function linkTo({ path }: Call, query: URLSearchParams): string {
  return link(query.size === 0 ? path : `${path}?${query}`);
}

function linkAfter(call: Call, place: Place): string {
  const query = new URLSearchParams(call.query);
  query.set('page[cursor]', Buffer.from(`after ${JSON.stringify(place)}`).toString('base64url'));
  return linkTo(call, query);
}

function decode(cursor: string | null): Place | undefined {
  if (cursor === null) return undefined;
  const [, by, created] =
    Buffer.from(cursor, 'base64url')
      .toString()
      .match(/^after \["(.*)","(.+Z)"\]$/) ?? [];
  if (by === undefined || created === undefined) throw invalidParameter('Invalid cursor.', 'page[cursor]');
  return [by, created];
}

function sizeOf(text: string, max: number): number {
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= max) return size;
  throw invalidParameter(`Page size must be an integer between 1 and ${max}.`, 'page[size]');
}
