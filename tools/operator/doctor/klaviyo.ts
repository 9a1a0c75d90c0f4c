import type { Configuration } from '../../../shared/config/environment.ts';
import { CredentialsError, PermanentError } from '../../../shared/errors.ts';
import { createKlaviyoClient } from '../../../shared/klaviyo/client.ts';
import { attempted, type Check, failed, ok, warning } from './check.ts';

/** Whether the key may read profiles, events and the catalog. That it may write them shows only when it does. */
export function checkKlaviyo(configuration: Configuration): Promise<Check>[] {
  const { profiles, events, catalogs } = createKlaviyoClient(configuration);
  const probes = {
    profiles: () => profiles.getProfiles({ pageSize: 1, fieldsProfile: ['id'] }),
    events: () => events.getEvents({ pageSize: 1, fieldsEvent: ['timestamp'] }),
    catalogs: () => catalogs.getCatalogItems({ pageSize: 1, fieldsCatalogItem: ['external_id'] }),
  };
  return Object.entries(probes).map(([scope, probe]) => checkScope(`Klaviyo key: ${scope}`, scope, probe));
}

const checkScope = (name: string, scope: string, probe: () => Promise<unknown>): Promise<Check> =>
  attempted(name, async () => {
    try {
      await probe();
      return ok(name, 'reads; needs full access to write');
    } catch (error) {
      if (error instanceof PermanentError) return warning(name, `not checked: status ${error.status}`);
      if (!(error instanceof CredentialsError)) throw error;
      const isKnown = error.status === 403;
      return failed(
        name,
        isKnown ? 'the key lacks this scope' : 'the key is refused',
        `${isKnown ? 'Make' : 'It was withdrawn, or is of no account: make'} a private API key with full access to profiles, events and catalogs, for KLAVIYO_AUTH_KEY (${scope} was tried).`,
      );
    }
  });
