import type { Category, Item, KlaviyoEvent, Profile, State, Variant } from './state.ts';

/** Ways to ask the state that tests need. */
export interface Lookups {
  /** Case-insensitive, as Klaviyo compares addresses. */
  profileByEmail(email: string): Profile | undefined;
  eventsOf(metric: string): KlaviyoEvent[];
  category(externalId: string): Category | undefined;
  item(externalId: string): Item | undefined;
  variant(externalId: string): Variant | undefined;
  variantsOf(itemExternalId: string): Variant[];
}

/** Gives the lookups over `state`. */
export function lookups(state: State): Lookups {
  return {
    profileByEmail: (email) =>
      [...state.profiles.values()].find((profile) => profile.email?.toLowerCase() === email.toLowerCase()),
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
export function toJson({ profiles, events, categories, items, variants }: State): Record<string, unknown[]> {
  const list = (map: Map<string, unknown>) => [...map.values()];
  return {
    profiles: list(profiles),
    events,
    categories: list(categories),
    items: list(items),
    variants: list(variants),
  };
}
