import { newAttempt, runAttempt } from '../attempt.ts';
import { PermanentError, RetryableError } from '../errors.ts';
import type { Patience } from './history.ts';

/** Milliseconds. */
const HOUR = 3_600_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;
/** Added at random to what a service names, so that calls that were refused together do not come back together. */
const JITTER = 1000;

/** The run was told to stop. Not a failure: the next run goes on where this one was. */
export class StoppedError extends Error {
  constructor() {
    super('the run was told to stop');
    this.name = 'StoppedError';
  }
}

/** How long a run persists. */
export interface PatienceOptions {
  /** Aborted when the run is told to stop. */
  stop: AbortSignal;
  /** Milliseconds without any success after which the run gives up; an hour by default. */
  giveUpAfter?: number;
  /** Called before each pause with what failed, and the milliseconds that the run waits and for which nothing has succeeded. */
  onWait?: (error: RetryableError, milliseconds: number, failing: number) => void;
}

/**
 * Returns the patience of one run. Each call is an attempt of its own in which nothing is repeated quickly, so that it is one place
 * that waits, for as long as a service asks for or longer each time.
 */
export function createPatience({ stop, giveUpAfter = HOUR, onWait }: PatienceOptions): Patience {
  /** When the first call failed after the last that succeeded, of whatever part of the run; by the clock that nobody sets. */
  let failingSince: number | undefined;

  const attempting = <T>(call: () => Promise<T>): Promise<T> =>
    runAttempt({ ...newAttempt(HOUR), quickTries: 1, waitsForLimits: false }, call);

  function refuseIfStopped(): void {
    if (stop.aborted) throw new StoppedError();
  }

  async function wait(milliseconds: number): Promise<void> {
    refuseIfStopped();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const timer = setTimeout(resolve, milliseconds);
    stop.addEventListener('abort', resolve);
    await promise;
    clearTimeout(timer);
    stop.removeEventListener('abort', resolve);
    refuseIfStopped();
  }

  /** Returns the milliseconds to wait after so many failures of a call. Throws an error that will not pass, or not in time. */
  function pauseAfter(error: unknown, failures: number): number {
    if (!(error instanceof RetryableError)) throw error;
    failingSince ??= performance.now();
    const failing = performance.now() - failingSince;
    if (failing >= giveUpAfter) throw error;
    const { retryAfter = 0 } = error;
    const random = Math.random();
    const growing = Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE) * (0.5 + random / 2);
    const pause = Math.min(retryAfter > 0 ? retryAfter + JITTER * random : growing, giveUpAfter);
    onWait?.(error, pause, failing);
    return pause;
  }

  return {
    wait,
    async persist(call) {
      for (let failures = 0; ; failures++) {
        refuseIfStopped();
        try {
          const result = await attempting(call);
          failingSince = undefined;
          return result;
        } catch (error) {
          // A refusal is an answer: the service is there.
          if (error instanceof PermanentError) failingSince = undefined;
          await wait(pauseAfter(error, failures));
        }
      }
    },
  };
}
