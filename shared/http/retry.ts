import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, currentAttempt } from '../attempt.ts';
import { RetryableError, SyncError } from '../errors.ts';

const QUICK_TRIES = 3;
const FIRST_PAUSE = 150;
const LONGEST_PAUSE = 5000;

/**
 * Makes an HTTP call, and repeats it while its error says `retry: 'soon'`: a few quick tries with growing, random pauses, and
 * as many tries as the attempt's deadline allows where the service names the pause itself (Retry-After).
 *
 * @returns what the call returns
 * @throws the last error, as soon as the next pause would reach the deadline
 */
export function withRetries<T>(call: () => Promise<T>): Promise<T> {
  const attempt = currentAttempt();
  const running = retrying(call, attempt);
  const done = () => attempt.pending.delete(running);
  attempt.pending.add(running);
  running.then(done, done);
  return running;
}

async function retrying<T>(call: () => Promise<T>, { deadline, over }: Attempt): Promise<T> {
  let failures = 0;
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (retryAfterOf(error) === undefined) failures++;
      const pause = failures < QUICK_TRIES ? pauseAfter(error, tries) : undefined;
      if (pause === undefined || Date.now() + pause >= deadline) throw error;
      await sleep(pause, undefined, { signal: over.signal }).catch(() => {
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
  const { deadline, over } = currentAttempt();
  const remaining = deadline - Date.now();
  if (remaining <= 0 || over.signal.aborted)
    throw new RetryableError('no time is left in this attempt', { code: 'DEADLINE' });
  return Math.ceil(Math.min(requestMilliseconds, remaining));
}

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
