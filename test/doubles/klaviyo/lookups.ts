import { holders } from './profile-identity.ts';
import type { Category, Channel, Item, KlaviyoEvent, Profile, State, Variant } from './state.ts';
import { subscriptionsOf } from './subscriptions.ts';

/** Ways to ask the state that tests need. */
export interface Lookups {
  /** Case-insensitive, as Klaviyo compares addresses. */
  profileByEmail(email: string): Profile | undefined;
  eventsOf(metric: string): KlaviyoEvent[];
  /** Whether Klaviyo may write to an address: NEVER_SUBSCRIBED, SUBSCRIBED or UNSUBSCRIBED; undefined without a profile. */
  consentOf(email: string, channel?: Channel): string | undefined;
  category(externalId: string): Category | undefined;
  item(externalId: string): Item | undefined;
  variant(externalId: string): Variant | undefined;
  variantsOf(itemExternalId: string): Variant[];
}

/** Gives the lookups over `state`. */
export function lookups(state: State): Lookups {
  return {
    profileByEmail: (email) => holders(state, { email })[0],
    consentOf(email, channel = 'email') {
      const [profile] = holders(state, { email });
      return profile && subscriptionsOf(state, profile)[channel].consent;
    },
    eventsOf: (metric) => state.events.filter((event) => event.metric === metric),
    category: (externalId) => state.categories.get(externalId),
    item: (externalId) => state.items.get(externalId),
    variant: (externalId) => state.variants.get(externalId),
    variantsOf(itemExternalId) {
      const id = state.items.get(itemExternalId)?.id;
      return [...state.variants.values()].filter((variant) => variant.item === id);
    },
  };
}

/** The state as plain JSON. */
export function toJson(state: State): Record<string, unknown[]> {
  const { profiles, events, categories, items, variants } = state;
  const list = (map: Map<string, unknown>) => [...map.values()];
  return {
    profiles: [...profiles.values()].map((profile) => {
      return { ...profile, subscriptions: state.subscriptions.get(profile.id) };
    }),
    events,
    categories: list(categories),
    items: list(items),
    variants: list(variants),
  };
}
