import type { RetryableError } from '../errors.ts';
import { isLimit } from './retry.ts';

/** Added to what a service names, so that not all processes ask again at the same moment. Milliseconds. */
const JITTER = 100;
/** How long a 429 holds that does not say so. Milliseconds. */
const UNNAMED = 1000;
/** Klaviyo's longest window is a minute: what names more is not Klaviyo's or misread, so that the next call asks again. Milliseconds. */
const LONGEST = 120_000;

/** The limit of one endpoint, as far as this process knows of it. */
export interface Limit {
  /** Returns the milliseconds until the next call may be made; 0 while the endpoint takes calls. */
  wait(): number;
  /** Notes that a call is made. */
  begin(): void;
  /** Returns whether an error is the limit's refusal (429), and remembers how long it holds. */
  isReached(error: unknown): error is RetryableError;
  /**
   * Reads the headers RateLimit-Limit, -Remaining and -Reset of an answer, where there are any.
   *
   * @param others calls under way that take some of what remains
   */
  read(headers: Readonly<Record<string, unknown>>, others?: number): void;
}

/** How an endpoint is used; see `createLimit`. */
interface LimitOptions {
  perSecond?: number;
  share?: number;
}

/**
 * Returns the limit of an endpoint that takes calls.
 *
 * Source: https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling
 *
 * @param options.perSecond calls that it takes in a second, where calls are to keep that by themselves: they come at even
 *   intervals, and once half of a minute's are used, what remains is spread over its rest. So batches grow in place of being refused
 * @param options.share how much of the limit is to be used, above 0 and up to 1, where others are to find the rest untouched: calls
 *   are not spread then, and end when no more than the rest remains
 */
export function createLimit({ perSecond = Number.POSITIVE_INFINITY, share }: LimitOptions = {}): Limit {
  /** By the clock that nobody sets. */
  let opensAt = 0;
  const closeFor = (milliseconds: number) => {
    if (milliseconds > 0) opensAt = Math.max(opensAt, performance.now() + Math.min(milliseconds, LONGEST));
  };
  return {
    wait: () => Math.max(0, opensAt - performance.now()),
    begin: () => closeFor(1000 / (perSecond * (share ?? 1))),
    isReached(error): error is RetryableError {
      if (!isLimit(error)) return false;
      closeFor((error.retryAfter ?? UNNAMED) + JITTER * Math.random());
      return true;
    },
    read(headers, others = 0) {
      const figure = (name: string) => Number.parseInt(String(headers[name]), 10);
      const most = figure('ratelimit-limit');
      const remaining = figure('ratelimit-remaining');
      const milliseconds = figure('ratelimit-reset') * 1000;
      const kept = (most || 0) - (most || 0) * (share ?? 1);
      if (remaining - others <= kept) closeFor(milliseconds);
      else if (share === undefined && Number.isFinite(perSecond) && remaining < most / 2)
        closeFor(milliseconds / remaining);
    },
  };
}
