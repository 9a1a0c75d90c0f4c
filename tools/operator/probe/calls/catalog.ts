import * as z from 'zod';
import type { RawAnswer, RawCall } from '../../../../shared/klaviyo/raw.ts';
import { read, taken } from '../answers.ts';
import type { Lab } from '../lab.ts';
import type { Attributes } from './profiles.ts';

/** The kinds of catalog entries, in the order in which they have to be there. */
export const ENTRY_KINDS = ['category', 'item', 'variant'] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Klaviyo's word for many entries of a kind, as it is in paths. */
export const PLURALS = { category: 'categories', item: 'items', variant: 'variants' } as const;

const entry = z.looseObject({ id: z.string(), attributes: z.record(z.string(), z.unknown()).optional() });
const one = z.looseObject({ data: entry });
const many = z.looseObject({ data: z.array(entry) });

/** Returns Klaviyo's id of an entry that we made: https://developers.klaviyo.com/en/reference/catalogs_api_overview */
export const catalogId = (name: string): string => `$custom:::$default:::${name}`;

/** Returns the path of a kind's entries, or of one of them. */
const pathOf = (kind: EntryKind, name?: string): string =>
  `/api/catalog-${PLURALS[kind]}${name === undefined ? '' : `/${encodeURIComponent(catalogId(name))}`}`;

/** Returns a reference to an entry. */
const reference = (kind: EntryKind, name: string) => ({ type: `catalog-${kind}`, id: catalogId(name) });

const sellable = (name: string) => ({
  title: `Made by the probe: ${name}`,
  description: 'Deleted at the end of the probe',
  url: `https://probe.example.org/${name}`,
});

/** Attributes that an entry needs. */
const REQUIRED = {
  category: (name: string) => ({ name: `Made by the probe: ${name}` }),
  item: sellable,
  variant: (name: string) => ({ ...sellable(name), sku: name, inventory_quantity: 1, price: 1 }),
} satisfies Record<EntryKind, (name: string) => Attributes>;

/** What goes into an entry beyond what it needs. */
export interface EntryOptions {
  attributes?: Attributes;
  /** Names of the categories of an item. */
  categories?: readonly string[];
  /** Name of the item of a variant. */
  item?: string;
}

/** Returns a new entry as a request has it, by itself or in a job. */
export function newEntry(kind: EntryKind, name: string, { attributes, categories, item }: EntryOptions = {}) {
  const relationships = {
    ...(categories && { categories: { data: categories.map((category) => reference('category', category)) } }),
    ...(item && { item: { data: reference('item', item) } }),
  };
  return {
    type: `catalog-${kind}`,
    attributes: { external_id: name, ...REQUIRED[kind](name), ...attributes },
    ...(Object.keys(relationships).length > 0 && { relationships }),
  };
}

/** Returns the change of an entry as a request has it, by itself or in a job. */
export function changedEntry(kind: EntryKind, name: string, { attributes = {}, categories }: EntryOptions) {
  const data = categories?.map((category) => reference('category', category));
  return { ...reference(kind, name), attributes, ...(data && { relationships: { categories: { data } } }) };
}

/** Asks for an entry to be created. */
export const post = ({ klaviyo }: Lab, kind: EntryKind, name: string, options?: EntryOptions): Promise<RawAnswer> =>
  klaviyo({ method: 'POST', path: pathOf(kind), body: { data: newEntry(kind, name, options) } });

/** Asks for an entry to be changed. */
export const patch = ({ klaviyo }: Lab, kind: EntryKind, name: string, options: EntryOptions): Promise<RawAnswer> =>
  klaviyo({ method: 'PATCH', path: pathOf(kind, name), body: { data: changedEntry(kind, name, options) } });

/** Asks for an entry to be deleted. */
export const remove = ({ klaviyo }: Pick<Lab, 'klaviyo'>, kind: EntryKind, name: string): Promise<RawAnswer> =>
  klaviyo({ method: 'DELETE', path: pathOf(kind, name) });

/** Creates an entry, and returns its name. */
export async function create(lab: Lab, kind: EntryKind, options?: EntryOptions): Promise<string> {
  const name = lab.name();
  taken(await post(lab, kind, name, options));
  return name;
}

/** Returns the attributes of an entry; undefined when there is none. */
export async function attributesOf({ klaviyo }: Lab, kind: EntryKind, name: string): Promise<Attributes | undefined> {
  const answer = await klaviyo({ method: 'GET', path: pathOf(kind, name) });
  return answer.status === 404 ? undefined : (read(one, answer).data.attributes ?? {});
}

const CATEGORIES = '/relationships/categories';

/** Asks for the categories of an item to be those. */
export const replaceCategories = ({ klaviyo }: Lab, item: string, categories: readonly string[]): Promise<RawAnswer> =>
  klaviyo({
    method: 'PATCH',
    path: pathOf('item', item) + CATEGORIES,
    body: { data: categories.map((category) => reference('category', category)) },
  });

const idsOf = async ({ klaviyo }: Pick<Lab, 'klaviyo'>, call: RawCall): Promise<string[]> =>
  read(many, await klaviyo(call)).data.map(({ id }) => id);

/** Returns Klaviyo's ids of the categories of an item. */
export const categoriesOf = (lab: Lab, item: string): Promise<string[]> =>
  idsOf(lab, { method: 'GET', path: pathOf('item', item) + CATEGORIES });

/** Returns those of the names that entries of a kind have. */
export async function existing(
  lab: Pick<Lab, 'klaviyo'>,
  kind: EntryKind,
  names: readonly string[],
): Promise<string[]> {
  const filter = `any(ids,[${names.map((name) => JSON.stringify(catalogId(name)))}])`;
  const ids = new Set(await idsOf(lab, { method: 'GET', path: pathOf(kind), query: { filter, 'page[size]': '100' } }));
  return names.filter((name) => ids.has(catalogId(name)));
}
