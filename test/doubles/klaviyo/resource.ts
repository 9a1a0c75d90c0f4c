import type { Answer } from '../http.ts';
import { invalidParameter } from './errors.ts';
import { type Filterable, filterRecords } from './filter.ts';
import { link, pageOf } from './pages.ts';
import type { Call } from './route.ts';

/** How records of one kind are shown and listed. */
export interface Kind<T> {
  type: string;
  /** The collection's path, such as `/api/profiles`. */
  path: string;
  attributes: readonly (keyof T & string)[];
  filters: Filterable<T>;
  /** What is shown on demand only, by `additional-fields`. */
  additional?: Record<string, (record: T, call: Call) => unknown>;
  /** Default `page[size]`. */
  pageSize: number;
}

type Listed = { id: string; created: string };

/** An answer with one resource. */
export function one<T extends Listed>(kind: Kind<T>, record: T, call: Call, status = 200): Answer {
  const data = present(kind, record, call);
  return { status, body: { data, links: data.links } };
}

/** An answer with the page of resources that the query asks for. */
export function many<T extends Listed>(kind: Kind<T>, records: T[], call: Call): Answer {
  const { records: page, links } = list(kind, records, call);
  return { status: 200, body: { data: page.map((record) => present(kind, record, call)), links } };
}

/** The same as identifiers only, for `/relationships/…`. */
export function identifiers<T extends Listed>(kind: Kind<T>, records: T[], call: Call): Answer {
  const { records: page, links } = list(kind, records, call);
  return { status: 200, body: { data: page.map(({ id }) => ({ type: kind.type, id })), links } };
}

function list<T extends Listed>(kind: Kind<T>, records: T[], call: Call) {
  return pageOf(filterRecords(records, call.query.get('filter'), kind.filters), call, kind.pageSize);
}

function present<T extends Listed>({ type, path, attributes, additional = {} }: Kind<T>, record: T, call: Call) {
  const { query } = call;
  const wanted = query.get(`fields[${type}]`)?.split(',');
  const shown: Record<string, unknown> = {};
  const more = query.get(`additional-fields[${type}]`)?.split(',') ?? [];
  for (const field of more) shown[field] = additional[field]?.(record, call);
  for (const field of wanted?.filter((name) => !more.includes(name)) ?? attributes) {
    const [name, inner] = field.split('.');
    const attribute = attributes.find((known) => known === name);
    if (attribute !== undefined) shown[attribute] = narrowed(record[attribute], inner, shown[attribute]);
    else if (field !== 'id') throw invalidParameter(`'${field}' is not a valid field of ${type}.`, `fields[${type}]`);
  }
  return { type, id: record.id, attributes: shown, links: { self: link(`${path}/${encodeURIComponent(record.id)}`) } };
}

/** `location.city` shows only that part, next to other parts already asked for. */
function narrowed(value: unknown, inner: string | undefined, shown: unknown): unknown {
  if (inner === undefined || typeof value !== 'object' || value === null) return value;
  return { ...(shown ?? {}), ...Object.fromEntries(Object.entries(value).filter(([key]) => key === inner)) };
}
