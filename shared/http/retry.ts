import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, currentAttempt, hasNoTimeLeft, underWay } from '../attempt.ts';
import { RetryableError, SyncError } from '../errors.ts';

const FIRST_PAUSE = 150;
const LONGEST_PAUSE = 5000;

/**
 * Makes an HTTP call, and repeats it while its error says `retry: 'soon'`: a few quick tries with growing, random pauses, as
 * many as the attempt says, and as many as its deadline allows where the service names the pause itself (Retry-After).
 *
 * @returns what the call returns
 * @throws the last error, as soon as the next pause would reach the deadline
 */
export function withRetries<T>(call: () => Promise<T>): Promise<T> {
  return underWay(retrying(call, currentAttempt()));
}

async function retrying<T>(call: () => Promise<T>, attempt: Attempt): Promise<T> {
  const { quickTries } = attempt;
  let failures = 0;
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (retryAfterOf(error) === undefined) failures++;
      const isToWait = failures < quickTries && quickTries > 1 && (attempt.waitsForLimits || !isLimit(error));
      const pause = isToWait ? pauseAfter(error, tries) : undefined;
      if (pause === undefined || hasNoTimeLeft(attempt, pause)) throw error;
      await sleep(pause, undefined, { signal: attempt.over.signal }).catch(() => {
        throw error;
      });
    }
  }
}

/**
 * Returns the milliseconds that one try of an HTTP call, answer and body, may take.
 *
 * @param requestMilliseconds the most; less when the attempt's deadline is nearer
 * @throws RetryableError when the attempt has no time left
 */
export function tryMilliseconds(requestMilliseconds: number): number {
  const attempt = currentAttempt();
  if (hasNoTimeLeft(attempt, 0)) throw noTimeLeft();
  return Math.ceil(Math.min(requestMilliseconds, attempt.deadline - Date.now()));
}

/** Returns the error of an attempt that has no time left. */
export const noTimeLeft = (): RetryableError =>
  new RetryableError('no time is left in this attempt', { code: 'DEADLINE' });

/** Returns the milliseconds to wait before the next try; undefined when this attempt must not try again. */
function pauseAfter(error: unknown, tries: number): number | undefined {
  if (!(error instanceof SyncError) || error.retry !== 'soon') return undefined;
  const jitter = 1 + Math.random();
  const backoff = Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE) * jitter;
  const retryAfter = retryAfterOf(error) ?? 0;
  return retryAfter >= 1000 ? retryAfter + FIRST_PAUSE * jitter : Math.max(retryAfter, backoff);
}

/** Milliseconds that the service asked us to wait. Waiting as asked is no failure and costs no try. */
const retryAfterOf = (error: unknown): number | undefined =>
  error instanceof RetryableError ? error.retryAfter : undefined;

/** Returns whether an error is a service's refusal of too many calls. */
export const isLimit = (error: unknown): error is RetryableError =>
  error instanceof RetryableError && error.status === 429;
