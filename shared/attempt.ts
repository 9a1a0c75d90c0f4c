import { AsyncLocalStorage } from 'node:async_hooks';

/** One delivery of one message, from its arrival to our answer. */
export interface Attempt {
  /** When it must be over, in milliseconds since the epoch. */
  deadline: number;
  /** HTTP calls made so far, retries included. */
  calls: { commercetools: number; klaviyo: number };
  /** What was given up without harm to the rest, in our own words; logged with the attempt. */
  warnings: string[];
  /** Calls that are under way. */
  pending: Set<Promise<unknown>>;
  /** Aborted when it is over: nothing more is begun then. */
  over: AbortController;
}

/** Given as a reason, as the default one is an error with a stack. */
const OVER = 'the attempt is over';

const storage = new AsyncLocalStorage<Attempt>();

/**
 * Runs work as one attempt; whatever it calls, through either SDK, finds the attempt by `currentAttempt`. When the work
 * fails at one call, those beside it are waited for: nothing is still being written after the message was answered.
 */
export const runAttempt = <T>(attempt: Attempt, work: () => Promise<T>): Promise<T> =>
  storage.run(attempt, async () => {
    try {
      return await work();
    } finally {
      attempt.over.abort(OVER);
      await Promise.allSettled(attempt.pending);
    }
  });

/** The attempt that is under way. Outside of one (a tool, a test) there is no deadline and nothing is counted. */
export const currentAttempt = (): Attempt => storage.getStore() ?? newAttempt(Number.POSITIVE_INFINITY);

/** A fresh attempt that ends after the given milliseconds. */
export const newAttempt = (milliseconds: number): Attempt => ({
  deadline: Date.now() + milliseconds,
  calls: { commercetools: 0, klaviyo: 0 },
  warnings: [],
  pending: new Set(),
  over: new AbortController(),
});

/** Adds a warning to the attempt's log line, once though a plan is made twice; never with a value of a customer in it. */
export const warn = (warning: string): void => {
  const { warnings } = currentAttempt();
  if (!warnings.includes(warning)) warnings.push(warning);
};
