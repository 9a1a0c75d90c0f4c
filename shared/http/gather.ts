import { type Attempt, currentAttempt, hasNoTimeLeft, runShared, underWay, whenOver } from '../attempt.ts';
import { PermanentError, SyncError } from '../errors.ts';
import type { Limit } from './limit.ts';
import { noTimeLeft } from './retry.ts';
import { createSlots } from './slots.ts';

/** How items travel together. */
export interface Gathering<T, R> {
  /** Requests under way at once, but for those that take very long. */
  slots: number;
  /** Most items of a request, and most weight of them all. */
  most: { items: number; weight: number };
  /** Returns the weight of an item, in whatever `most` counts. */
  weigh(item: T): number;
  /** Names an item: of those with one name the second waits for the first one's answer. */
  nameOf?(item: T): string;
  limit: Limit;
  /**
   * Makes one request for several items and returns the result of each. Its 429 keeps all of them waiting; after a PermanentError
   * or a 413 those that are to blame are found out.
   */
  send(items: readonly T[]): Promise<readonly R[]>;
  /** Returns the positions of the items that a refusal blames; none where it does not say. */
  blamed?(error: PermanentError): readonly number[];
}

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
export function gather<T, R>({ slots: count, most, weigh, nameOf, limit, send, blamed }: Gathering<T, R>) {
  let queue: Entry<T, R>[] = [];
  let isPlanned = false;
  const slots = createSlots(count, plan);
  const travelling = new Set<string | undefined>();

  function plan(milliseconds = 0): void {
    if (isPlanned) return;
    isPlanned = true;
    // What is added in the same turn of the event loop travels together.
    if (milliseconds > 0) setTimeout(leave, milliseconds);
    else setImmediate(leave);
  }

  function leave(): void {
    isPlanned = false;
    if (queue.length === 0 || !slots.isFree()) return;
    const wait = limit.wait();
    const batch = wait > 0 ? [] : take();
    if (wait > 0) plan(wait);
    if (batch.length === 0) return;
    limit.begin();
    const release = slots.take();
    for (const { name } of batch) travelling.add(name);
    void deliver(batch).finally(() => {
      for (const { name } of batch) travelling.delete(name);
      release();
    });
    plan();
  }

  /** Takes from the queue what may travel together, the oldest first. */
  function take(): Entry<T, R>[] {
    const batch: Entry<T, R>[] = [];
    const names = new Set<string>();
    let [weight, room] = [0, most.items];
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
    else if (isRefusal(error) && batch.length > 1) part(batch, error);
    else for (const { reject } of batch) reject(error);
  }

  /** Refuses what the service blames and puts the others back; halves the batch where it blames none. */
  function part(batch: Entry<T, R>[], error: SyncError): void {
    const positions = new Set(error instanceof PermanentError ? blamed?.(error) : []);
    const others = batch.filter((_, index) => !positions.has(index));
    for (const { reject } of batch.filter((_, index) => positions.has(index))) reject(error);
    if (others.length === batch.length) for (const entry of others) entry.company = Math.ceil(batch.length / 2);
    putBack(others, noTimeLeft());
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

/** Returns whether a request is refused for what it holds, as by any 413: a gateway's own is no PermanentError. */
const isRefusal = (error: unknown): error is SyncError =>
  error instanceof SyncError && (error instanceof PermanentError || error.status === 413);
