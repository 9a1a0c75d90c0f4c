import { type ByProjectKeyRequestBuilder, createApiBuilderFromCtpClient } from '@commercetools/platform-sdk';
import { createClient, createHttpClient, type Middleware } from '@commercetools/sdk-client-v2';
import * as z from 'zod';
import type { Configuration } from '../config/environment.ts';
import { CredentialsError, nameOf, PermanentError, RetryableError } from '../errors.ts';
import { isCredentialsStatus, isRetryableStatus, parseRetryAfter, withRetries } from '../http/retry.ts';
import { validate } from '../validate.ts';
import { createFetch, createTokenFetch } from './fetch.ts';
import { createTokens, type Tokens } from './token.ts';

/** Anything that platform-sdk can execute. */
interface Request {
  execute(): Promise<{ body: unknown }>;
}

/** Reads from commercetools with retries, and hands on nothing that was not validated. */
export interface CommercetoolsClient {
  api: ByProjectKeyRequestBuilder;
  /**
   * Reads one resource; undefined when commercetools says that it does not exist.
   *
   * @param what names it in errors
   */
  read<S extends z.ZodType>(what: string, schema: S, request: Request): Promise<z.output<S> | undefined>;
  /** Reads one page of a query. */
  query<S extends z.ZodType>(what: string, schema: S, request: Request): Promise<z.output<S>[]>;
}

/** A client of the project; it connects when the first request is made and caches its token. */
export function createCommercetoolsClient(
  options: Configuration['commercetools'],
  requestMilliseconds: number,
): CommercetoolsClient {
  const fetch = createFetch(requestMilliseconds);
  const tokens = createTokens(options, createTokenFetch(fetch));
  const client = createClient({
    middlewares: [
      authorize(tokens),
      createHttpClient({ host: options.apiUrl, fetch, includeRequestInErrorResponse: false }),
    ],
  });
  const api = createApiBuilderFromCtpClient(client).withProjectKey({ projectKey: options.projectKey });

  const execute = (what: string, request: Request) =>
    withRetries(async () => {
      try {
        return await withFreshToken(tokens, request);
      } catch (error) {
        throw classify(what, error);
      }
    });

  return {
    api,
    async read(what, schema, request) {
      const body = await execute(what, request).catch((error: unknown) => {
        if (error instanceof PermanentError && error.status === 404) return undefined;
        throw error;
      });
      return body === undefined ? undefined : validate(schema, body, () => `The ${what} in commercetools`);
    },
    async query(what, schema, request) {
      const { results } = validate(page, await execute(what, request), () => `The ${what} in commercetools`);
      return results.map((result, index) => validate(schema, result, () => `The ${what} in commercetools (${index})`));
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

/** A token may be refused before its time, for instance because it was revoked: that is worth one new token. */
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
    if (refusal.safeParse(error).data?.statusCode !== 401) throw error;
    tokens.drop();
    return execute();
  }
}

const page = z.looseObject({ results: z.array(z.unknown()) });

const refusal = z.looseObject({
  /** 0 when the fetch itself failed; the message is then createFetch's. */
  statusCode: z.number(),
  message: z.string().catch(''),
  headers: z.looseObject({ 'retry-after': z.string().optional() }).optional(),
  body: z.unknown().optional(),
});

/** That a resource does not exist; a wrong address or a gateway has other words. */
const NOT_FOUND = 'ResourceNotFound';

const errorBody = z.looseObject({ errors: z.array(z.looseObject({ code: z.string() })).min(1) });

/** The SDK's error in our classes and words; its own holds the request and the response. */
function classify(what: string, error: unknown): Error {
  if (error instanceof RetryableError) return error;
  const { data } = refusal.safeParse(error);
  if (!data) return new RetryableError(`commercetools could not be asked for the ${what}`, { code: nameOf(error) });
  if (data.statusCode === 0)
    return new RetryableError(data.message, { code: /: (\w+)$/.exec(data.message)?.[1] ?? 'DEADLINE' });
  const { statusCode: status, body, headers } = data;
  const details = { status, code: errorBody.safeParse(body).data?.errors[0]?.code };
  if (isCredentialsStatus(status)) {
    return new CredentialsError(`commercetools refused to show the ${what}: check CT_API_CLIENT and CT_SCOPE`, details);
  }
  if (status === 404 && details.code !== NOT_FOUND) {
    return new RetryableError(
      `the ${what} was not asked of commercetools: check CT_API_URL and CT_PROJECT_ID`,
      details,
    );
  }
  const answeredByAnother = typeof body === 'string' && body !== '';
  if (isRetryableStatus(status) || answeredByAnother) {
    const retryAfter = parseRetryAfter(headers?.['retry-after']);
    return new RetryableError(`commercetools could not show the ${what}`, { ...details, retryAfter });
  }
  return new PermanentError(`commercetools refused the request for the ${what}`, details);
}
