import type { KlaviyoStandIn } from '../../../test/doubles/klaviyo/server.ts';
import type { Item, KlaviyoEvent, Profile, Variant } from '../../../test/doubles/klaviyo/state.ts';
import type { CatalogView, Consent, ProfileCard, ProfileDetail, ProfilePage, TimelineEvent } from '../api.ts';
import { found } from './http/problem.ts';

type Account = Pick<KlaviyoStandIn, 'state'>;

/** The most events of a timeline. */
const TIMELINE = 500;

const orNone = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

const consentOf = ({ state }: Account, { id }: Profile): Consent =>
  state.subscriptions.get(id)?.email.consent ?? 'NEVER_SUBSCRIBED';

function toCard(account: Account, profile: Profile, events: number): ProfileCard {
  const { id, email, first_name, last_name, external_id, location, updated } = profile;
  return {
    ...{ id, email: orNone(email), externalId: orNone(external_id), events, updatedAt: Date.parse(updated) },
    name: [first_name, last_name].filter(Boolean).join(' '),
    city: location.city ? String(location.city) : undefined,
    consent: consentOf(account, profile),
  };
}

/** Gives profiles in whose name, addresses or ids a text is, those last written first. */
export function listProfiles(account: Account, search: string, limit: number): ProfilePage {
  const { profiles, events } = account.state;
  const counts = new Map<string, number>();
  for (const { profile_id } of events) counts.set(profile_id, (counts.get(profile_id) ?? 0) + 1);
  const wanted = search.trim().toLowerCase();
  const matching = [...profiles.values()].filter(({ id, email, phone_number, external_id, first_name, last_name }) =>
    [id, email, phone_number, external_id, `${first_name} ${last_name}`].some((text) =>
      text?.toLowerCase().includes(wanted),
    ),
  );
  matching.sort((one, other) => other.updated.localeCompare(one.updated));
  const shown = matching.slice(0, limit);
  return { profiles: shown.map((one) => toCard(account, one, counts.get(one.id) ?? 0)), total: matching.length };
}

const toTimeline = ({
  id,
  metric,
  time,
  value,
  value_currency,
  unique_id,
  properties,
}: KlaviyoEvent): TimelineEvent => ({
  ...{ id, metric, time: Date.parse(time), uniqueId: unique_id, properties },
  ...{ value: orNone(value), currency: orNone(value_currency) },
});

/** Gives a profile with its timeline. Throws a 404 when there is none. */
export function showProfile(account: Account, id: string): ProfileDetail {
  const { state } = account;
  const profile = found(state.profiles.get(id), `profile ${id}`);
  const events = state.events.filter(({ profile_id }) => profile_id === id);
  const subscriptions = state.subscriptions.get(id);
  const channels = (['email', 'sms'] as const).flatMap((channel) => {
    const known = subscriptions?.[channel];
    if (!known) return [];
    const at = known.consent_timestamp ?? known.last_updated;
    const source = known.custom_method_detail || known.method_detail || orNone(known.method);
    return [{ channel, consent: known.consent, source, at: at ? Date.parse(at) : undefined }];
  });
  const location = Object.entries(profile.location).filter(
    (entry): entry is [string, string | number] => entry[1] !== null,
  );
  return {
    profile: toCard(account, profile, events.length),
    phone: orNone(profile.phone_number),
    location: Object.fromEntries(location),
    properties: profile.properties,
    consents: channels,
    lists: [...state.lists].flatMap(([list, members]) => (members.has(id) ? [list] : [])),
    timeline: events
      .sort((one, other) => other.time.localeCompare(one.time) || other.created.localeCompare(one.created))
      .slice(0, TIMELINE)
      .map(toTimeline),
  };
}

const toVariant = ({ external_id, sku, title, price, published, ...stock }: Variant) => ({
  ...{ id: external_id, sku, title, price: orNone(price), isPublished: published },
  stock: stock.inventory_policy === 1 ? stock.inventory_quantity : undefined,
});

/** Gives the catalog, items by their titles. */
export function showCatalog({ state }: Account): CatalogView {
  const categories = [...state.categories.values()];
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const variants = Map.groupBy(state.variants.values(), ({ item }) => item);
  const toItem = (item: Item) => ({
    ...{ id: item.external_id, title: item.title, description: item.description, url: item.url },
    ...{ image: orNone(item.image_full_url), price: orNone(item.price), isPublished: item.published },
    categories: item.categories.map((id) => names.get(id) ?? id),
    metadata: item.custom_metadata,
    variants: (variants.get(item.id) ?? []).map(toVariant),
  });
  return {
    items: [...state.items.values()].map(toItem).sort((one, other) => one.title.localeCompare(other.title)),
    categories: categories
      .map(({ external_id: id, name }) => ({ id, name }))
      .sort((one, other) => one.name.localeCompare(other.name)),
  };
}
