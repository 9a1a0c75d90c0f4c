import type { Configuration } from '../../config/environment.ts';
import type { Patience } from '../../history/history.ts';
import { createAccountApis } from '../account-apis.ts';
import type { Account } from './account.ts';
import { catalogJobs } from './catalog-jobs.ts';
import { catalogLists } from './catalog-lists.ts';
import { eventCounts } from './counts.ts';
import { endpointsOf } from './endpoints.ts';
import { eventsInBulk } from './events.ts';
import { profileImports } from './imports.ts';
import { profileLists } from './profile-lists.ts';

/** A request of megabytes takes longer than one of a message. */
const LONGER = 3;
/** Calls that Klaviyo takes in a second. */
const PROFILES_PER_SECOND = 75;

/**
 * Returns the account that the key belongs to, in bulk. Each of its calls is made with patience, and throws what that throws.
 *
 * @param how.share how much of Klaviyo's limits is used, above 0 and up to 1; of those that live traffic needs, half at most
 * @example
 * const account = createAccount(readConfiguration(), { patience: createPatience({ stop }), share: 0.95 });
 * const placed = (await account.metricIds()).get('Placed Order');
 */
export function createAccount(
  { klaviyo, settings }: Pick<Configuration, 'klaviyo' | 'settings'>,
  { patience, share }: { patience: Patience; share: number },
): Account {
  const limits = { ...settings.limits, requestSeconds: settings.limits.requestSeconds * LONGER };
  const apis = createAccountApis({ klaviyo, settings: { ...settings, limits } });
  const endpoints = endpointsOf(patience, share);
  const { ownerOf, ...profiles } = profileLists(apis.profiles, endpoints.shared(PROFILES_PER_SECOND));
  const events = eventsInBulk(apis.events, endpoints, ownerOf);
  return {
    ...events,
    ...eventCounts(apis.metrics, endpoints, events),
    ...profiles,
    ...profileImports(apis.profiles, endpoints, patience),
    ...catalogLists(apis.catalogs, endpoints),
    ...catalogJobs(apis.catalogs, endpoints, patience),
  };
}
