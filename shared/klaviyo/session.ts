import { ApiKeySession } from 'klaviyo-api';
import { RetryableError } from '../errors.ts';
import { type HttpCall, send } from '../http/request.ts';
import { withRetries } from '../http/retry.ts';
import { USER_AGENT } from '../http/user-agent.ts';
import { isDocumented } from './documented.ts';
import { toKlaviyoError } from './error.ts';
import { toJsonBytes } from './json.ts';

type RequestConfig = Parameters<ApiKeySession['requestWithRetry']>[0];
type Response = Awaited<ReturnType<ApiKeySession['requestWithRetry']>>;

/**
 * Makes the SDK's calls itself, in place of axios: each try has a time limit, resets and timeouts are tried again, and errors
 * hold neither the key nor the request.
 */
export class KlaviyoSession extends ApiKeySession {
  readonly #requestMilliseconds: number;

  constructor(apiKey: string, requestMilliseconds: number) {
    super(apiKey);
    this.#requestMilliseconds = requestMilliseconds;
  }

  override applyToRequest(config: RequestConfig): void {
    super.applyToRequest(config);
    const ours = config.data === undefined ? {} : { 'Content-Type': 'application/json' };
    Object.assign(config.headers ?? {}, ours, { 'User-Agent': USER_AGENT });
  }

  override requestWithRetry(config: RequestConfig): Promise<Response> {
    const call = toCall(config);
    return withRetries(async () => {
      const { status, headers, body } = await send('klaviyo', call, this.#requestMilliseconds);
      const answer = { status, headers, data: parsed(body) };
      if (status >= 300) throw toKlaviyoError(answer, call);
      // Of what axios would answer, the SDK and we read no more.
      if (isDocumented(call, answer)) return answer as Response;
      throw new RetryableError('Klaviyo did not answer, but something in between', { status });
    });
  }
}

/** Requests in bulk, whose bodies have megabytes: `/api/event-bulk-create-jobs` and the like. */
const IN_BULK = /-bulk-/;

/** Returns what the SDK asks of axios as a call of our own, its body written out once for all tries. */
function toCall({ method = 'GET', url = '', params, headers, data }: RequestConfig): HttpCall {
  const query = new URLSearchParams(params).toString();
  return {
    method,
    url: query ? `${url}?${query}` : url,
    headers: headers as HttpCall['headers'],
    body: data === undefined ? undefined : (IN_BULK.test(url) ? toJsonBytes : JSON.stringify)(data),
  };
}

/** Returns the value of a JSON text; any other text as it is. */
export function parsed(body: string): unknown {
  if (body === '') return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
