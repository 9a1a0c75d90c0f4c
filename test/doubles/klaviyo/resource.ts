import type { Answer } from '../http.ts';
import { invalidParameter } from './errors.ts';
import { type Filterable, filterOf } from './filter.ts';
import { conditionsIn } from './filter-syntax.ts';
import { isAfter, link, orderOf, type Page, type PageSizes, pageOf } from './pages.ts';
import type { Call } from './route.ts';
import type { State } from './state.ts';

/** How records of one kind are shown. */
export interface Shape<T> {
  type: string;
  /** The collection's path, such as `/api/profiles`. */
  path: string;
  attributes: readonly (keyof T & string)[];
  /** What is shown on demand only, by `additional-fields`. */
  additional?: Record<string, (record: T, call: Call) => unknown>;
  /** Types and ids of what a record belongs to, by the name of the relationship. */
  relationships?: (record: T) => Record<string, { type: string; id: string }>;
}

/** How records of one kind are shown and listed. */
export interface Kind<T> extends Shape<T>, PageSizes {
  all: (state: State) => Iterable<T>;
  filters: Filterable<T>;
  /** What a list may be sorted by besides `created`. */
  sorts?: readonly (keyof T & string)[];
}

type Listed = { id: string; created: string };

/** An answer with one resource. */
export function one<T extends Listed>(kind: Shape<T>, record: T, call: Call, status = 200): Answer {
  const data = present(kind, record, call);
  return { status, body: { data, links: data.links } };
}

/** An answer with the page of resources that the query asks for, of all of the kind or of some of them. */
export function many<T extends Listed>(kind: Kind<T>, call: Call, some?: Iterable<T>): Answer {
  return shown(kind, list(kind, call, some), call);
}

/** The same as identifiers only, for `/relationships/…`. */
export function identifiers<T extends Listed>(kind: Kind<T>, call: Call, some: Iterable<T>): Answer {
  const { records: page, links } = list(kind, call, some);
  return { status: 200, body: { data: page.map(({ id }) => ({ type: kind.type, id })), links } };
}

/** An answer with a page. */
export function shown<T extends Listed>(shape: Shape<T>, { records, links }: Page<T>, call: Call): Answer {
  return { status: 200, body: { data: records.map((record) => present(shape, record, call)), links } };
}

/** The page of records that the query asks for, of all of the kind or of some of them. */
export function list<T extends Listed>(kind: Kind<T>, call: Call, some?: Iterable<T>): Page<T> {
  const { matches, candidates } = filterOf(conditionsIn(call.query.get('filter')), kind.filters, call.state);
  const { by, isDescending } = orderOf<keyof T & string>(call, ['created', ...(kind.sorts ?? [])]);
  const placeOf = (record: T) => [String(record[by] ?? ''), record.created] as const;
  const found = [...(some ?? candidates ?? kind.all(call.state))].filter(matches);
  const sorted = found.sort((a, b) => (isAfter(placeOf(a), placeOf(b)) === isDescending ? -1 : 1));
  return pageOf(sorted, placeOf, call, kind);
}

/** A record as it is shown. */
export function present<T extends Listed>(shape: Shape<T>, record: T, call: Call) {
  const { type, path, attributes, additional = {} } = shape;
  const { query } = call;
  const wanted = query.get(`fields[${type}]`)?.split(',');
  const fields: Record<string, unknown> = {};
  const more = query.get(`additional-fields[${type}]`)?.split(',') ?? [];
  for (const field of more) fields[field] = additional[field]?.(record, call);
  for (const field of wanted?.filter((name) => !more.includes(name)) ?? attributes) {
    const [name, inner] = field.split('.');
    const attribute = attributes.find((known) => known === name);
    if (attribute !== undefined) fields[attribute] = narrowed(record[attribute], inner, fields[attribute]);
    else if (field !== 'id') throw invalidParameter(`'${field}' is not a valid field of ${type}.`, `fields[${type}]`);
  }
  const self = link(`${path}/${encodeURIComponent(record.id)}`);
  const related = Object.entries(shape.relationships?.(record) ?? {}).map(([name, data]) => [name, { data }]);
  const relationships = related.length > 0 ? { relationships: Object.fromEntries(related) } : {};
  return { type, id: record.id, attributes: fields, ...relationships, links: { self } };
}

/** `location.city` shows only that part, next to other parts already asked for. */
function narrowed(value: unknown, inner: string | undefined, shown: unknown): unknown {
  if (inner === undefined || typeof value !== 'object' || value === null) return value;
  return { ...(shown ?? {}), ...Object.fromEntries(Object.entries(value).filter(([key]) => key === inner)) };
}
