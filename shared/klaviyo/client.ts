import { CatalogsApi, DataPrivacyApi, EventsApi, ProfilesApi } from 'klaviyo-api';
import type { Configuration } from '../config/environment.ts';
import { KlaviyoSession } from './session.ts';

/** The parts of Klaviyo's API that are written to. Nothing is sent before the first call. */
export interface KlaviyoClient {
  profiles: ProfilesApi;
  events: EventsApi;
  catalogs: CatalogsApi;
  dataPrivacy: DataPrivacyApi;
}

/** Returns a client of the account that the key belongs to. Its calls throw our own errors only. */
export function createKlaviyoClient({ klaviyo, settings }: Pick<Configuration, 'klaviyo' | 'settings'>): KlaviyoClient {
  const session = new KlaviyoSession(klaviyo.apiKey, settings.limits.requestSeconds * 1000);
  const client = {
    profiles: new ProfilesApi(session),
    events: new EventsApi(session),
    catalogs: new CatalogsApi(session),
    dataPrivacy: new DataPrivacyApi(session),
  };
  if (klaviyo.apiUrl) for (const api of Object.values(client)) api.basePath = klaviyo.apiUrl;
  return client;
}
