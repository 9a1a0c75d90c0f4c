import type { IncomingHttpHeaders } from 'node:http';
import { CredentialsError, RetryableError } from '../errors.ts';
import { type HttpCall, send } from '../http/request.ts';
import { isRetryableStatus, parseRetryAfter } from '../http/status.ts';
import { USER_AGENT } from '../http/user-agent.ts';

/** What the SDK is given in place of the global fetch: as much of it as the SDK uses. */
export type BoundedFetch = (url: string, init: Omit<HttpCall, 'url'>) => Promise<FetchResponse>;

interface FetchResponse {
  /** Whether the status is one of success. */
  ok: boolean;
  status: number;
  headers: { raw(): IncomingHttpHeaders };
  text(): Promise<string>;
  json(): Promise<unknown>;
}

/**
 * Returns a fetch in which nothing can hang: answer and body are read within one time limit. The SDK itself has no limit on
 * a token request, and an error response whose body breaks off or is null would end the process.
 *
 * @param requestMilliseconds how long one try may take
 * @param documented the statuses of success that commercetools documents; 200 for everything that is read
 * @throws RetryableError when no whole answer came
 */
export const createFetch =
  (requestMilliseconds: number, documented: readonly number[] = [200]): BoundedFetch =>
  async (url, { method, headers, body }) => {
    const call = { method, url, headers: { ...headers, 'User-Agent': USER_AGENT }, body };
    const answer = await send('commercetools', call, requestMilliseconds);
    const { status } = answer;
    const ok = status >= 200 && status < 300;
    if (ok && !documented.includes(status)) throw somebodyElse(status);
    const text = answer.body.trim() === 'null' ? '' : answer.body;
    return {
      ...{ ok, status },
      headers: { raw: () => answer.headers },
      text: async () => text,
      json: async () => JSON.parse(text),
    };
  };

/** The SDK keeps no more of an error than its message. */
const somebodyElse = (status: number) =>
  new RetryableError(`commercetools did not answer, but something in between: ${status}`, { code: String(status) });

/** Returns the same for the token endpoint, whose refusals the SDK would pass on without their status. */
export const createTokenFetch = (fetch: BoundedFetch): BoundedFetch => {
  return async (url, init) => {
    const response = await fetch(url, init);
    const { status } = response;
    if (response.ok) return response;
    if (isRetryableStatus(status)) {
      const retryAfter = parseRetryAfter(response.headers.raw()['retry-after']);
      throw new RetryableError('commercetools gave no token', { status, retryAfter });
    }
    throw new CredentialsError('commercetools gave no token: check CT_API_CLIENT, CT_SCOPE and CT_AUTH_URL', {
      status,
    });
  };
};
