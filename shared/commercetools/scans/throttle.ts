import { RetryableError } from '../../errors.ts';

/** Statuses by which commercetools says that it has too much to do. */
const OVERLOADED: readonly (number | undefined)[] = [429, 502, 503];
const FIRST = 2;
const MOST = 16;

/** Makes a call as soon as there is room for it; calls that wait are made in the order in which they came. */
export type Throttle = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Returns a throttle of its own. Two calls may be under way at first, and twice as many, up to 16, each time that so many have
 * succeeded one after another. When commercetools is overloaded, half as many, but one at least.
 */
export function createThrottle(): Throttle {
  const waiting: (() => void)[] = [];
  let room = FIRST;
  let underWay = 0;
  let successes = 0;
  /** How often there was too much: calls that were begun before the last time say nothing of the room that is left. */
  let overloads = 0;

  function admit(): void {
    while (underWay < room && waiting.length > 0) {
      underWay += 1;
      waiting.shift()?.();
    }
  }

  function succeeded(): void {
    successes += 1;
    if (successes < room) return;
    room = Math.min(room * 2, MOST);
    successes = 0;
  }

  function overloaded(): void {
    overloads += 1;
    room = Math.max(1, Math.floor(room / 2));
    successes = 0;
  }

  return async (call) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    admit();
    await promise;
    const begun = overloads;
    try {
      const result = await call();
      if (begun === overloads) succeeded();
      return result;
    } catch (error) {
      if (begun === overloads && isOverload(error)) overloaded();
      throw error;
    } finally {
      underWay -= 1;
      admit();
    }
  };
}

const isOverload = (error: unknown): boolean => error instanceof RetryableError && OVERLOADED.includes(error.status);
