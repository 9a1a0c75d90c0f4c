import type { Configuration } from '../config/environment.ts';
import { createAccountApis } from './account-apis.ts';

/** An area of Klaviyo's API that scopes are given for: `profiles:write` is of `profiles`. */
export type Area = 'profiles' | 'events' | 'catalogs' | 'lists' | 'metrics' | 'subscriptions' | 'data-privacy';

/** What an operator's tool asks of an account; it only reads. Errors are those of the client. */
export interface Inspection {
  /** The cheapest call that reads in an area; undefined where nothing can be read. */
  probes: Record<Area, (() => Promise<unknown>) | undefined>;
  /** Returns Klaviyo's answer on mapped metrics, with the metrics. Needs the scope `metrics:read`. */
  mappedMetrics(): Promise<unknown>;
}

/** Returns what an operator's tool asks of the account that the key belongs to. */
export function createInspection(configuration: Pick<Configuration, 'klaviyo' | 'settings'>): Inspection {
  const { profiles, events, catalogs, lists, metrics } = createAccountApis(configuration);
  return {
    probes: {
      profiles: () => profiles.getProfiles({ pageSize: 1, fieldsProfile: ['id'] }),
      events: () => events.getEvents({ pageSize: 1, fieldsEvent: ['timestamp'] }),
      catalogs: () => catalogs.getCatalogItems({ pageSize: 1, fieldsCatalogItem: ['external_id'] }),
      lists: () => lists.getLists({ pageSize: 1, fieldsList: ['name'] }),
      metrics: () => metrics.getMetrics({ fieldsMetric: ['name'] }),
      subscriptions: () => profiles.getBulkSuppressProfilesJobs({ sort: '-created' }),
      'data-privacy': undefined,
    },
    mappedMetrics: async () => {
      const { response } = await metrics.getMappedMetrics({ include: ['metric', 'custom-metric'] });
      return response.data;
    },
  };
}
