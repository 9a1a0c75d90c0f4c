import { type ByProjectKeyRequestBuilder, createApiBuilderFromCtpClient } from '@commercetools/platform-sdk';
import { createClient, createHttpClient, type Middleware } from '@commercetools/sdk-client-v2';
import * as z from 'zod';
import type { Configuration } from '../config/environment.ts';
import { PermanentError, RetryableError } from '../errors.ts';
import { withRetries } from '../http/retry.ts';
import { validate } from '../validate.ts';
import { sdkStatus, toCommercetoolsError } from './error.ts';
import { createFetch, createTokenFetch } from './fetch.ts';
import { createTokens, type Tokens } from './token.ts';

/** Anything that platform-sdk can execute. */
interface Request {
  execute(): Promise<{ body: unknown }>;
}

/** Reads from commercetools with retries, and returns only what was validated. */
export interface CommercetoolsClient {
  api: ByProjectKeyRequestBuilder;
  /** Returns the request of anything below the project, by its path. */
  get(path: string): Request;
  /**
   * Reads one resource; undefined when commercetools says that the resource does not exist.
   *
   * @param what names the resource in errors
   */
  read<S extends z.ZodType>(what: string, schema: S, request: Request): Promise<z.output<S> | undefined>;
  /** Reads one page of a query. */
  query<S extends z.ZodType>(what: string, schema: S, request: Request): Promise<z.output<S>[]>;
  /**
   * Sends a request that changes something, and returns the resource that it leaves behind.
   *
   * @throws PermanentError when commercetools refuses, with the status, such as 409 for a version that is not the current one
   */
  write<S extends z.ZodType>(what: string, schema: S, request: Request): Promise<z.output<S>>;
  /** Returns how many results a query has; exact below 10,000. The request asks for `withTotal`. */
  count(what: string, request: Request): Promise<number>;
}

/**
 * Returns a client of the project. The client connects on its first request and caches its token.
 *
 * @param documented the statuses of success that commercetools documents for what is asked
 */
export function createCommercetoolsClient(
  options: Configuration['commercetools'],
  requestMilliseconds: number,
  documented?: readonly number[],
): CommercetoolsClient {
  const fetch = createFetch(requestMilliseconds, documented);
  const tokens = createTokens(options, createTokenFetch(fetch));
  const client = createClient({
    middlewares: [
      authorize(tokens),
      createHttpClient({ host: options.apiUrl, fetch, includeRequestInErrorResponse: false }),
    ],
  });
  const api = createApiBuilderFromCtpClient(client).withProjectKey({ projectKey: options.projectKey });

  const execute = (what: string, request: Request, verb?: 'change') =>
    withRetries(async () => {
      try {
        return await withFreshToken(tokens, request);
      } catch (error) {
        throw toCommercetoolsError(what, error, verb);
      }
    });

  return {
    api,
    get: (path) => ({ execute: () => client.execute({ uri: `/${options.projectKey}/${path}`, method: 'GET' }) }),
    async read(what, schema, request) {
      const body = await execute(what, request).catch((error: unknown) => {
        if (error instanceof PermanentError && error.status === 404) return undefined;
        throw error;
      });
      return body === undefined ? undefined : validate(schema, body, () => `The ${what} in commercetools`);
    },
    async query(what, schema, request) {
      const { results } = validate(queryPage, await execute(what, request), () => `The ${what} in commercetools`);
      return results.map((result, index) => validate(schema, result, () => `The ${what} in commercetools (${index})`));
    },
    async write(what, schema, request) {
      return validate(schema, await execute(what, request, 'change'), () => `The ${what} in commercetools`);
    },
    async count(what, request) {
      return validate(countedPage, await execute(what, request), () => `The ${what} in commercetools`).total;
    },
  };
}

const authorize =
  (tokens: Tokens): Middleware =>
  (next) =>
  (request, response) =>
    tokens
      .authorization()
      .then((Authorization) => next({ ...request, headers: { ...request.headers, Authorization } }, response))
      .catch((error) => response.reject(error));

/** A token may be refused before it expires, for instance because it was revoked: one new token is tried. */
async function withFreshToken(tokens: Tokens, request: Request): Promise<unknown> {
  const execute = async () => {
    const { body } = await request.execute();
    // The SDK makes an empty object of an answer without a body.
    if (typeof body === 'object' && body !== null && Object.keys(body).length > 0) return body;
    throw new RetryableError('commercetools answered with something that is no resource');
  };
  try {
    return await execute();
  } catch (error) {
    if (sdkStatus(error) !== 401) throw error;
    tokens.drop();
    return execute();
  }
}

const countedPage = z.looseObject({ total: z.number() });
const queryPage = z.looseObject({ results: z.array(z.unknown()) });
