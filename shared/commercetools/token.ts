import { createAuthForClientCredentialsFlow, type TokenStore } from '@commercetools/sdk-client-v2';
import type { Configuration } from '../config/environment.ts';
import type { BoundedFetch } from './fetch.ts';

/** Where requests get their Authorization header. */
export interface Tokens {
  /** The header's value, fetched when there is none that is valid. */
  authorization(): Promise<string>;
  /** Forgets the token, because it was refused. */
  drop(): void;
}

/**
 * Fetches tokens by the client credentials flow of the SDK, one at a time however many requests wait for it.
 *
 * The SDK's own queue is not used: in 4.0.1 the requests that wait for a token which then cannot be had are never
 * answered. So each fetch has a middleware of its own, with only one request in it.
 */
export function createTokens(options: Configuration['commercetools'], fetch: BoundedFetch): Tokens {
  let expires = 0;
  let authorization = '';
  let pending: Promise<string> | undefined;

  const request = () =>
    new Promise<string>((resolve, reject) => {
      const middleware = createAuthForClientCredentialsFlow({
        host: options.authUrl,
        projectKey: options.projectKey,
        credentials: { clientId: options.clientId, clientSecret: options.clientSecret },
        scopes: options.scopes,
        fetch,
        tokenCache: {
          get: (): TokenStore => ({ token: '', expirationTime: 0 }),
          set: ({ expirationTime }) => {
            expires = expirationTime;
          },
        },
      });
      const dispatch = middleware(({ headers }) => {
        authorization = String(headers?.Authorization);
        resolve(authorization);
      });
      dispatch({ method: 'GET' }, { resolve: () => {}, reject, statusCode: 0 });
    });

  return {
    authorization() {
      if (Date.now() < expires) return Promise.resolve(authorization);
      pending ??= request().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    drop() {
      expires = 0;
    },
  };
}
