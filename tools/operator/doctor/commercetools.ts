import * as z from 'zod';
import { type CommercetoolsClient, createCommercetoolsClient } from '../../../shared/commercetools/client.ts';
import { createFetch, createTokenFetch } from '../../../shared/commercetools/fetch.ts';
import { createTokens } from '../../../shared/commercetools/token.ts';
import type { Configuration } from '../../../shared/config/environment.ts';
import { CredentialsError } from '../../../shared/errors.ts';
import { attempted, type Check, failed, ok } from './check.ts';

const ONE = { queryArgs: { limit: 1 } };
type Probe = (api: CommercetoolsClient['api']) => { execute(): Promise<{ body: unknown }> };

/** The scopes that the function reads with, each with the cheapest request that needs it. */
const SCOPES: Record<string, Probe> = {
  view_customers: (api) => api.customers().get(ONE),
  view_orders: (api) => api.orders().get(ONE),
  view_payments: (api) => api.payments().get(ONE),
  view_products: (api) => api.inventory().get(ONE),
  view_published_products: (api) => api.productProjections().get({ queryArgs: { limit: 1, staged: false } }),
  view_standalone_prices: (api) => api.standalonePrices().get(ONE),
};

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

/** Whether each scope is enough for what the function reads with it. */
export const checkScopes = ({ api, query }: CommercetoolsClient, projectKey: string): Promise<Check>[] =>
  Object.entries(SCOPES).map(([scope, probe]) => {
    const name = `commercetools scope ${scope}`;
    return attempted(name, async () => {
      try {
        await query(scope, z.unknown(), probe(api));
        return ok(name, 'reads');
      } catch (error) {
        if (!(error instanceof CredentialsError)) throw error;
        const advice = `Make an API client that has ${scope}:${projectKey} too, and name the scope in CT_SCOPE.`;
        return failed(name, `refused (status ${error.status})`, advice);
      }
    });
  });
