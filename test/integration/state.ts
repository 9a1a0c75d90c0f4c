import type { KlaviyoStandIn } from '../doubles/klaviyo/server.ts';
import type { KlaviyoEvent, Profile, State } from '../doubles/klaviyo/state.ts';

type Entries = Map<string, string>;

/** All that Klaviyo holds, by kind and key, each as JSON without what Klaviyo itself makes up. */
export function entriesOf({ profiles, events, categories, items, variants }: State): Entries {
  const email = (id: string) => nameOf(profiles.get(id));
  // In the order of their names: which came first makes no difference.
  const told = (thing: object) =>
    JSON.stringify(
      Object.fromEntries(Object.entries({ ...thing, ...MADE_UP }).sort(([one], [other]) => (one < other ? -1 : 1))),
    );
  return new Map<string, string>([
    ...[...profiles.values()].map((profile): [string, string] => [`profile ${nameOf(profile)}`, told(profile)]),
    ...events.map((event): [string, string] => [
      `${event.metric} ${event.unique_id} of ${email(event.profile_id)}`,
      told({ ...event, profile_id: undefined }),
    ]),
    ...[...categories].map(([id, category]): [string, string] => [`category ${id}`, told(category)]),
    ...[...items].map(([id, item]): [string, string] => [`item ${id}`, told(item)]),
    ...[...variants].map(([id, variant]): [string, string] => [`variant ${id}`, told(variant)]),
  ]);
}

/** What came (+), went (-) and changed (~), a line each, sorted. */
export function changesBetween(before: Entries, after: Entries): string[] {
  const came = [...after.keys()].filter((key) => !before.has(key)).map((key) => `+ ${key}`);
  const went = [...before.keys()].filter((key) => !after.has(key)).map((key) => `- ${key}`);
  const changed = [...after].filter(([key, value]) => before.has(key) && before.get(key) !== value);
  return [...came, ...went, ...changed.map(([key]) => `~ ${key}`)].sort();
}

/** Takes a copy of the catalog, and gives what puts it back. */
export function rememberCatalog(state: State): () => void {
  const copy = structuredClone([state.categories, state.items, state.variants] as const);
  return () => {
    const [categories, items, variants] = structuredClone(copy);
    refill(state.categories, categories);
    refill(state.items, items);
    refill(state.variants, variants);
  };
}

function refill<T>(map: Map<string, T>, entries: Map<string, T>): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

/** The events of a metric by their unique id. */
export const byUniqueId = (events: KlaviyoEvent[]) => new Map(events.map((event) => [event.unique_id, event]));

const nameOf = (profile: Profile | undefined) => profile?.email ?? profile?.external_id ?? 'nobody';

const MADE_UP = { id: undefined, created: undefined, updated: undefined, last_event_date: undefined };

/** The requests that a stand-in was asked to change something by. */
export const writesTo = ({ requests }: Pick<KlaviyoStandIn, 'requests'>) =>
  requests.filter(({ method }) => method !== 'GET');
