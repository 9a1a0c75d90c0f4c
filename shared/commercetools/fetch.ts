import { currentAttempt } from '../attempt.ts';
import { CredentialsError, RetryableError } from '../errors.ts';
import { trySignal } from '../http/retry.ts';
import { isRetryableStatus, parseRetryAfter } from '../http/status.ts';
import { USER_AGENT } from '../http/user-agent.ts';

/** What the SDK is given in place of the global fetch. */
export type BoundedFetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * Returns a fetch in which nothing can hang: answer and body are read within one time limit. The SDK itself has no limit on
 * a token request, and an error response whose body breaks off or is null would end the process. Node's fetch keeps
 * connections alive.
 *
 * @param requestMilliseconds how long one try may take
 * @throws RetryableError when no whole answer came
 */
export const createFetch =
  (requestMilliseconds: number): BoundedFetch =>
  async (url, init) => {
    const signal = trySignal(requestMilliseconds);
    currentAttempt().calls.commercetools++;
    try {
      const headers = { ...init?.headers, 'User-Agent': USER_AGENT };
      const response = await fetch(url, { ...init, headers, signal });
      const body = await response.text();
      // commercetools documents 200 for everything that we ask.
      if (response.ok && response.status !== 200) throw somebodyElse(response.status);
      const isNothing = body === '' || body.trim() === 'null';
      return new Response(isNothing ? null : body, { status: response.status, headers: response.headers });
    } catch (error) {
      if (error instanceof RetryableError) throw error;
      const code = networkCode(error);
      throw new RetryableError(`commercetools did not answer: ${code}`, { code });
    }
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
      const retryAfter = parseRetryAfter(response.headers.get('retry-after'));
      throw new RetryableError('commercetools gave no token', { status, retryAfter });
    }
    throw new CredentialsError('commercetools gave no token: check CT_API_CLIENT, CT_SCOPE and CT_AUTH_URL', {
      status,
    });
  };
};

/** ECONNRESET and the like, or TimeoutError: whatever names a failed fetch best. */
function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return 'NetworkError';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error.name;
}
