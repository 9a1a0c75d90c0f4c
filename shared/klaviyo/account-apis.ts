import { ListsApi, MetricsApi } from 'klaviyo-api';
import type { Configuration } from '../config/environment.ts';
import { createKlaviyoClient, type KlaviyoClient } from './client.ts';
import { KlaviyoSession } from './session.ts';

/** The parts of Klaviyo's API that the tools of an operator need. */
export interface AccountApis extends KlaviyoClient {
  lists: ListsApi;
  metrics: MetricsApi;
}

/**
 * Returns a client of the account that the key belongs to, with what the function itself does not ask for: those parts of the SDK
 * are not bundled with it. Errors are those of the function's client.
 */
export function createAccountApis(configuration: Pick<Configuration, 'klaviyo' | 'settings'>): AccountApis {
  const { klaviyo, settings } = configuration;
  const session = new KlaviyoSession(klaviyo.apiKey, settings.limits.requestSeconds * 1000);
  const others = { lists: new ListsApi(session), metrics: new MetricsApi(session) };
  if (klaviyo.apiUrl) for (const api of Object.values(others)) api.basePath = klaviyo.apiUrl;
  return { ...createKlaviyoClient(configuration), ...others };
}
