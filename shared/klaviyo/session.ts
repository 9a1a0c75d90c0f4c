import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { ApiKeySession, RetryWithExponentialBackoff } from 'klaviyo-api';
import { currentAttempt } from '../attempt.ts';
import { RetryableError } from '../errors.ts';
import { trySignal, withRetries } from '../http/retry.ts';
import { USER_AGENT } from '../http/user-agent.ts';
import { isDocumented } from './documented.ts';
import { toKlaviyoError } from './error.ts';

type RequestConfig = Parameters<ApiKeySession['requestWithRetry']>[0];
type Response = Awaited<ReturnType<ApiKeySession['requestWithRetry']>>;

const keepAlive = { keepAlive: true, maxFreeSockets: 1024, timeout: 60_000 };

/** A burst of events needs many connections, which Node's own agents would close after it. Klaviyo does not redirect. */
const CONNECTIONS = { httpAgent: new HttpAgent(keepAlive), httpsAgent: new HttpsAgent(keepAlive), maxRedirects: 0 };

/**
 * Bends how the SDK talks to Klaviyo. The SDK has no time limit: here each try has one. The SDK's retries ignore resets and
 * timeouts: here are ours instead. The SDK's errors hold the key and the request: ours hold neither.
 */
export class KlaviyoSession extends ApiKeySession {
  readonly #requestMilliseconds: number;

  constructor(apiKey: string, requestMilliseconds: number) {
    super(apiKey, new RetryWithExponentialBackoff({ numRetries: 1 }));
    this.#requestMilliseconds = requestMilliseconds;
  }

  override applyToRequest(config: RequestConfig): void {
    super.applyToRequest(config);
    Object.assign(config.headers ?? {}, { 'User-Agent': USER_AGENT });
    Object.assign(config, CONNECTIONS);
  }

  override requestWithRetry(config: RequestConfig): Promise<Response> {
    return withRetries(async () => {
      const signal = trySignal(this.#requestMilliseconds);
      currentAttempt().calls.klaviyo++;
      const response = await super.requestWithRetry({ ...config, signal }).catch((error: unknown) => {
        throw toKlaviyoError(error);
      });
      if (isDocumented(config, response)) return response;
      throw new RetryableError('Klaviyo did not answer, but something in between', {
        status: response.status,
      });
    });
  }
}
