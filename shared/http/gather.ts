import { type Attempt, currentAttempt, hasNoTimeLeft, runShared, underWay, whenOver } from '../attempt.ts';
import { PermanentError } from '../errors.ts';
import type { Gathering } from './gathering.ts';
import { noTimeLeft } from './retry.ts';

/** An item that waits for its result. */
interface Entry<T, R> {
  item: T;
  weight: number;
  name: string | undefined;
  attempt: Attempt;
  /** Most items in whose company it may travel. */
  company: number;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Returns a function that sends an item in one request with whatever else waits, and returns the item's own result. A request
 * leaves as soon as a slot is free, so a lone item does not wait, and requests grow by themselves when the service is slow or
 * limited.
 *
 * The returned function throws RetryableError when the request failed, or the attempt's time is over before the item could be
 * sent, and PermanentError when the service refuses this very item.
 */
export function gather<T, R>(gathering: Gathering<T, R>) {
  const { slots, most, weigh, nameOf, limit, send, blamed, apart = 1 } = gathering;
  let queue: Entry<T, R>[] = [];
  let free = slots;
  let isPlanned = false;
  const travelling = new Set<string | undefined>();

  function plan(milliseconds = 0): void {
    if (isPlanned) return;
    isPlanned = true;
    const next = () => {
      isPlanned = false;
      leave();
    };
    // What is added in the same turn of the event loop travels together.
    if (milliseconds > 0) setTimeout(next, milliseconds);
    else setImmediate(next);
  }

  function leave(): void {
    const wait = limit.wait();
    if (queue.length === 0 || free === 0) return;
    if (wait > 0) {
      plan(wait);
      return;
    }
    const batch = take();
    if (batch.length === 0) return;
    limit.begin();
    free--;
    for (const { name } of batch) travelling.add(name);
    void deliver(batch).finally(() => {
      free++;
      for (const { name } of batch) travelling.delete(name);
      plan();
    });
    plan();
  }

  /** Takes from the queue what may travel together, the oldest first. */
  function take(): Entry<T, R>[] {
    const batch: Entry<T, R>[] = [];
    const names = new Set<string>();
    let weight = 0;
    let room = most.items;
    queue = queue.filter((entry) => {
      const { name } = entry;
      const isTwin = name !== undefined && (names.has(name) || travelling.has(name));
      const company = Math.min(room, entry.company);
      const isTooHeavy = batch.length > 0 && weight + entry.weight > most.weight;
      if (isTwin || isTooHeavy || batch.length >= company) return true;
      batch.push(entry);
      weight += entry.weight;
      room = company;
      if (name !== undefined) names.add(name);
      return false;
    });
    return batch;
  }

  async function deliver(batch: Entry<T, R>[]): Promise<void> {
    const attempts = batch.map(({ attempt }) => attempt);
    const items = batch.map(({ item }) => item);
    try {
      const results = await runShared(attempts, () => send(items));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
    } catch (error) {
      fail(batch, error);
    }
  }

  function fail(batch: Entry<T, R>[], error: unknown): void {
    if (limit.isReached(error)) putBack(batch, error);
    else if (error instanceof PermanentError && batch.length > 1) part(batch, error);
    else for (const { reject } of batch) reject(error);
  }

  /** Refuses what the service blames and puts the others back; where it blames none, halves the batch, or refuses all of a few. */
  function part(batch: Entry<T, R>[], error: PermanentError): void {
    const positions = new Set(blamed?.(error));
    const isRefused = (index: number) => positions.has(index) || (positions.size === 0 && batch.length <= apart);
    const others = batch.filter((_, index) => !isRefused(index));
    for (const { reject } of batch.filter((_, index) => isRefused(index))) reject(error);
    if (others.length === batch.length) for (const entry of others) entry.company = Math.ceil(batch.length / 2);
    putBack(others, error);
  }

  /** Puts entries in front of the queue. Throws the error at those that have no time left when the limit is over. */
  function putBack(entries: Entry<T, R>[], error: unknown): void {
    const all = [...entries, ...queue];
    const isLate = ({ attempt }: Entry<T, R>) => hasNoTimeLeft(attempt, limit.wait());
    queue = all.filter((entry) => !isLate(entry));
    for (const { reject } of all.filter(isLate)) reject(error);
  }

  return (item: T): Promise<R> => {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const attempt = currentAttempt();
    if (hasNoTimeLeft(attempt, limit.wait())) return Promise.reject(noTimeLeft());
    const entry = { item, attempt, resolve, reject, weight: weigh(item), name: nameOf?.(item), company: most.items };
    const forget = whenOver(attempt, () => {
      queue = queue.filter((other) => other !== entry);
      reject(noTimeLeft());
    });
    promise.then(forget, forget);
    queue.push(entry);
    plan();
    return underWay(promise);
  };
}
