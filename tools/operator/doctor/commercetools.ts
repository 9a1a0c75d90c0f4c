import * as z from 'zod';
import { type CommercetoolsClient, createCommercetoolsClient } from '../../../shared/commercetools/client.ts';
import { createFetch, createTokenFetch } from '../../../shared/commercetools/fetch.ts';
import { createTokens } from '../../../shared/commercetools/token.ts';
import type { Configuration } from '../../../shared/config/environment.ts';
import { CredentialsError } from '../../../shared/errors.ts';
import { readExtension } from '../../../shared/extension/installed.ts';
import { attempted, type Check, failed, ok, warning } from './check.ts';
import { featuresOf } from './extension.ts';
import { FEATURES, needsOf, switchedOn } from './features.ts';
import { PROBES, type Scope } from './scopes.ts';

const milliseconds = ({ settings }: Configuration) => settings.limits.requestSeconds * 1000;

/** A client of the configured project. */
export const commercetoolsClient = (configuration: Configuration): CommercetoolsClient =>
  createCommercetoolsClient(configuration.commercetools, milliseconds(configuration));

/** Whether commercetools gives a token for the configured client and scopes. */
export function checkCredentials(configuration: Configuration): Promise<Check> {
  const name = 'commercetools credentials';
  const { apiUrl } = configuration.commercetools;
  return attempted(name, async () => {
    try {
      const fetch = createTokenFetch(createFetch(milliseconds(configuration)));
      await createTokens(configuration.commercetools, fetch).authorization();
      return ok(name, `a token for ${apiUrl}`);
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      return failed(
        name,
        `no token (status ${error.status})`,
        'CT_API_CLIENT needs the id and secret of an API client that exists, CT_SCOPE no scope that it lacks, CT_AUTH_URL the same region.',
      );
    }
  });
}

/** Whether each scope that what is switched on needs is enough for what is read with it. */
export function checkScopes(
  client: CommercetoolsClient,
  { settings, commercetools: { projectKey } }: Configuration,
  features = [...FEATURES, ...featuresOf(readExtension() ?? { handlers: [] })],
): Promise<Check>[] {
  const on = switchedOn(settings, features);
  const lacks = new Map(on.flatMap(({ optional = [] }) => optional.map(({ scope, without }) => [scope, without])));
  const needed = needsOf(on, ({ commercetools, optional = [] }) => [
    ...commercetools,
    ...optional.map(({ scope }) => scope),
  ]);
  return needed.map(([scope, names]) => {
    const isNeeded = on.some(({ commercetools }) => commercetools.includes(scope));
    return checkScope(client, scope, (status) => {
      const make = `Make an API client that has ${scope}:${projectKey} too, and name the scope in CT_SCOPE`;
      const name = nameOf(scope);
      return isNeeded
        ? failed(name, `refused (status ${status})`, `${make}: needed for ${names}.`)
        : warning(name, `refused (status ${status}): ${lacks.get(scope)}`, `${make}.`);
    });
  });
}

const nameOf = (scope: string) => `commercetools scope ${scope}`;

function checkScope(
  { api, query }: CommercetoolsClient,
  scope: Scope,
  refused: (status: number | undefined) => Check,
): Promise<Check> {
  return attempted(nameOf(scope), async () => {
    try {
      await query(scope, z.unknown(), PROBES[scope](api));
      return ok(nameOf(scope), 'reads');
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      return refused(error.status);
    }
  });
}
