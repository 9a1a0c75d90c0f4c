import {
  AccountsApi,
  ApiKeySession,
  CatalogsApi,
  DataPrivacyApi,
  EventsApi,
  MetricsApi,
  ProfilesApi,
  RetryWithExponentialBackoff,
} from 'klaviyo-api';
import type { KlaviyoStandIn } from './server.ts';

/** Klaviyo's own SDK, talking to the stand-in and trying everything once only. */
export function sdkFor({ url, apiKey }: Pick<KlaviyoStandIn, 'url' | 'apiKey'>) {
  const session = new ApiKeySession(apiKey, new RetryWithExponentialBackoff({ numRetries: 1 }));
  const sdk = {
    events: new EventsApi(session),
    profiles: new ProfilesApi(session),
    catalogs: new CatalogsApi(session),
    dataPrivacy: new DataPrivacyApi(session),
    metrics: new MetricsApi(session),
    accounts: new AccountsApi(session),
  };
  for (const api of Object.values(sdk)) api.basePath = url;
  return sdk;
}
