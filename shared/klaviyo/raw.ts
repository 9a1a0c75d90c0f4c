import type { IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import { send } from '../http/request.ts';
import { withRetries } from '../http/retry.ts';
import { isCredentialsStatus, isRetryableStatus } from '../http/status.ts';
import { toKlaviyoError } from './error.ts';
import { KlaviyoSession, parsed } from './session.ts';

const KLAVIYO = 'https://a.klaviyo.com';
const REQUEST_MILLISECONDS = 30_000;

/** A call as it goes over the wire. */
export interface RawCall {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Such as `/api/profiles`; ids in it are encoded. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON; undefined for none. */
  body?: unknown;
  /** Whether the body is compressed. */
  isGzipped?: boolean;
}

/** Klaviyo's answer, a refusal included. */
export interface RawAnswer {
  status: number;
  /** By name in small letters. */
  headers: IncomingHttpHeaders;
  /** Parsed where it is JSON; empty for none. */
  data: unknown;
}

/** Makes one call. */
export type RawKlaviyo = (call: RawCall) => Promise<RawAnswer>;

/**
 * Returns a function that makes calls as they are given, without the SDK's models: what is asked of Klaviyo is what Klaviyo sees. The
 * function waits for limits.
 *
 * The function throws CredentialsError for 401 and 403, RetryableError for what may pass and did not. Any other refusal is an answer.
 *
 * @param access.apiUrl Klaviyo's own when undefined
 */
export function createRawKlaviyo({ apiKey, apiUrl = KLAVIYO }: { apiKey: string; apiUrl?: string }): RawKlaviyo {
  const session = new KlaviyoSession(apiKey, REQUEST_MILLISECONDS);
  return ({ method, path, query, body, isGzipped }) => {
    const config = { headers: { Accept: 'application/vnd.api+json' }, data: body };
    session.applyToRequest(config);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const call = {
      method,
      url: `${apiUrl}${path}${query ? `?${new URLSearchParams(query)}` : ''}`,
      headers: { ...config.headers, ...(isGzipped && { 'Content-Encoding': 'gzip' }) },
      body: isGzipped && text !== undefined ? gzipSync(text) : text,
    };
    return withRetries(async () => {
      const { status, headers, body: answer } = await send('klaviyo', call, REQUEST_MILLISECONDS);
      const data = parsed(answer);
      if (isCredentialsStatus(status) || isRetryableStatus(status))
        throw toKlaviyoError({ status, headers, data }, { body: text, url: call.url });
      return { status, headers, data };
    });
  };
}
