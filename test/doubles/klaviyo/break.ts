import { eraseProfile } from './erasure.ts';
import { removeEvents } from './event-index.ts';
import { itemWrites } from './items.ts';
import { lookups } from './lookups.ts';
import type { Item, Profile, State, Variant } from './state.ts';

/** Something that was broken on purpose. */
interface Broken {
  /** An object of the catalog, a profile, or an event, by the name of its metric. */
  subject: string;
  /** As commercetools knows it: the external id, of an event the unique id. */
  id: string;
  what: 'missing' | 'differing';
  field?: string;
  /** What went with it: the variants of an item, the events of a profile. */
  with?: string[];
}

/** Gives the first of some records, by id, that nothing was broken of yet. */
type Pick = <T extends { id: string }>(records: Iterable<T>, idOf: (record: T) => string) => T | undefined;

const METRIC = 'Placed Order';

/**
 * Breaks ten things, as far as there are so many: the same ones of the same data. Returns what it broke. What comes from guests
 * and from unpublished products is left alone.
 */
export function breakThings(state: State): Broken[] {
  const broken = new Set<string>();
  const pick: Pick = (records, idOf) => {
    const [found] = [...records].filter(({ id }) => !broken.has(id)).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    if (found) broken.add(found.id);
    return found;
  };
  return WAYS.flatMap((way) => way(state, pick) ?? []);
}

const WAYS: ((state: State, pick: Pick) => Broken | undefined)[] = [
  function deleteProfile(state, pick) {
    const profile = pick(leastBusy(state), customerId);
    if (!profile) return undefined;
    const events = state.events.filter(({ profile_id }) => profile_id === profile.id);
    eraseProfile(state, profile.id);
    return {
      subject: 'profile',
      id: customerId(profile),
      what: 'missing',
      with: events.map(({ unique_id }) => unique_id),
    };
  },
  function renameProfile(state, pick) {
    const profile = pick(
      customers(state).filter(({ first_name }) => first_name),
      customerId,
    );
    return profile && change('profile', profile, 'first_name', 'Changed');
  },
  deleteEvent,
  deleteEvent,
  function deleteItem(state, pick) {
    const item = pick(published(state), externalId);
    if (!item) return undefined;
    const variants = lookups(state).variantsOf(item.external_id).map(externalId);
    itemWrites.remove({ state }, item.id);
    return { subject: 'item', id: item.external_id, what: 'missing', with: variants };
  },
  function changePrice(state, pick) {
    const item = pick(published(state), externalId);
    return item && change('item', item, 'price', (item.price ?? 0) + 1);
  },
  function takeOutOfCategory(state, pick) {
    const item = pick(
      published(state).filter(({ categories }) => categories.length > 0),
      externalId,
    );
    return item && change('item', item, 'categories', item.categories.slice(1));
  },
  function deleteVariant(state, pick) {
    const variant = pick(visible(state), externalId);
    if (!variant) return undefined;
    state.variants.delete(variant.external_id);
    return { subject: 'variant', id: variant.external_id, what: 'missing' };
  },
  function changeStock(state, pick) {
    const variant = pick(visible(state), externalId);
    return variant && change('variant', variant, 'inventory_quantity', variant.inventory_quantity + 1);
  },
  function renameCategory({ categories }, pick) {
    const category = pick(categories.values(), externalId);
    return category && change('category', category, 'name', 'Changed');
  },
];

function deleteEvent(state: State, pick: Pick): Broken | undefined {
  const event = pick(lookups(state).eventsOf(METRIC), ({ unique_id }) => unique_id);
  if (!event) return undefined;
  removeEvents(state, (one) => one === event);
  return { subject: METRIC, id: event.unique_id, what: 'missing' };
}

function change<T extends { external_id: string | null }, F extends keyof T & string>(
  subject: string,
  record: T,
  field: F,
  value: T[F],
): Broken {
  record[field] = value;
  return { subject, id: record.external_id ?? '', what: 'differing', field };
}

const externalId = ({ external_id }: { external_id: string }): string => external_id;
const customerId = ({ external_id }: Profile): string => external_id ?? '';
const customers = ({ profiles }: State): Profile[] => [...profiles.values()].filter(({ external_id }) => external_id);
const published = ({ items }: State): Item[] => [...items.values()].filter((item) => item.published);
const visible = (state: State): Variant[] =>
  published(state).flatMap((item) => lookups(state).variantsOf(item.external_id));

/** The customers with the fewest events: these go with their profile. */
function leastBusy(state: State): Profile[] {
  const counts = new Map<string, number>();
  for (const { profile_id } of state.events) counts.set(profile_id, (counts.get(profile_id) ?? 0) + 1);
  const all = customers(state);
  const least = Math.min(...all.map(({ id }) => counts.get(id) ?? 0));
  return all.filter(({ id }) => (counts.get(id) ?? 0) === least);
}
