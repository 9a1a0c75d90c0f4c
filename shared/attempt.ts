import { AsyncLocalStorage } from 'node:async_hooks';

/** One delivery of one message, from its arrival to our answer. */
export interface Attempt {
  /** When the attempt must be over, in milliseconds since the epoch. */
  deadline: number;
  /** Trace that goes with every call, as the header `traceparent` says it; undefined where the delivery had none. */
  traceparent?: string;
  /** HTTP calls made so far, retries included. */
  calls: { commercetools: number; klaviyo: number };
  /** Events that Klaviyo took, by the way they went, and the requests in bulk, each counted with the first of its attempts. */
  events: { single: number; bulk: number; bulkRequests: number };
  /** What was left out without harm to the rest, in our own words. Logged with the attempt. */
  warnings: string[];
  /** What an extension has changed or dropped, by the name of the write; undefined where it did neither. */
  adjusted?: Map<string, 'changed' | 'dropped'>;
  /** What an extension threw in a promise that nobody awaits: it fails the attempt. */
  stray?: Error;
  /** Calls that are under way. */
  pending: Set<Promise<unknown>>;
  /** Aborted when the attempt is over: no call is begun after that. */
  over: AbortController;
  /** How often a call is tried at once, with short pauses. With 1 no call is repeated, even if the service names the pause. */
  quickTries: number;
  /** Whether a call that is refused for a limit (429) waits as long as the service says; if not, the refusal is thrown. */
  waitsForLimits: boolean;
}

/** `abort()` without a reason builds a DOMException with a stack trace on every message; a constant is free. */
const OVER = 'the attempt is over';

const storage = new AsyncLocalStorage<Attempt>();

/**
 * Runs work as one attempt. Every call that the work makes, through either SDK, finds the attempt by `currentAttempt`. When
 * one call fails, the others are waited for, so that nothing is still being written after the message was answered.
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

/** Returns the attempt that is under way. Outside of an attempt (a tool, a test) nothing is counted and no deadline set. */
export const currentAttempt = (): Attempt => storage.getStore() ?? newAttempt(Number.POSITIVE_INFINITY);

/** Returns a new attempt that ends after the given milliseconds. */
export const newAttempt = (milliseconds: number): Attempt => ({
  deadline: Date.now() + milliseconds,
  calls: { commercetools: 0, klaviyo: 0 },
  events: { single: 0, bulk: 0, bulkRequests: 0 },
  warnings: [],
  pending: new Set(),
  over: new AbortController(),
  quickTries: 3,
  waitsForLimits: true,
});

/** Runs work of the attempt whose calls do not wait for limits. */
export const withoutWaiting = <T>(work: () => Promise<T>): Promise<T> =>
  storage.run({ ...currentAttempt(), waitsForLimits: false }, work);

/** Runs one call for several attempts: it does not wait for limits, has the time of the last, and is the first's in all else. */
export const runShared = <T>(attempts: readonly Attempt[], work: () => Promise<T>): Promise<T> => {
  const [{ calls, events, quickTries, traceparent } = newAttempt(0)] = attempts;
  const deadline = Math.max(...attempts.map((attempt) => attempt.deadline));
  const shared = { ...newAttempt(0), deadline, calls, events, quickTries, traceparent, waitsForLimits: false };
  return runAttempt(shared, work);
};

/** Returns whether an attempt is over, or will have no time left after the given milliseconds. */
export const hasNoTimeLeft = ({ deadline, over }: Attempt, milliseconds: number): boolean =>
  over.signal.aborted || Date.now() + milliseconds >= deadline;

/** Calls back when an attempt is over or has no time left, until the returned function is called. */
export function whenOver({ deadline, over }: Attempt, callBack: () => void): () => void {
  const timer = Number.isFinite(deadline) ? setTimeout(callBack, deadline - Date.now()) : undefined;
  over.signal.addEventListener('abort', callBack);
  return () => {
    clearTimeout(timer);
    over.signal.removeEventListener('abort', callBack);
  };
}

/** Returns a call of the attempt, which does not end before the call has. */
export function underWay<T>(call: Promise<T>): Promise<T> {
  const { pending } = currentAttempt();
  const done = () => pending.delete(call);
  pending.add(call);
  call.then(done, done);
  return call;
}

/**
 * Adds a warning to the attempt's log line; once, although a plan may be made twice. The warning must not hold a value of a
 * customer.
 */
export const warn = (warning: string): void => {
  const { warnings } = currentAttempt();
  if (!warnings.includes(warning)) warnings.push(warning);
};
