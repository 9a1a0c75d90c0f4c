import { type Attempt, currentAttempt, hasNoTimeLeft, runShared, underWay, whenOver } from '../attempt.ts';
import { PermanentError, RetryableError, type SyncError } from '../errors.ts';
import { isFull, type Load, takeBatch } from './batch.ts';
import type { Gathering } from './gathering.ts';
import { createLimit } from './limit.ts';
import { noTimeLeft } from './retry.ts';
import { createSlots } from './slots.ts';

/** Milliseconds between two looks at a queue that does not fill a request yet. */
const A_LOOK = 20;

/** An item that waits for its result. */
interface Entry<T, R> extends Load {
  item: T;
  attempt: Attempt;
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
  const { most, weigh, send, blamed, limit = createLimit(), apart = 1, lingers = 0, persists = false } = gathering;
  let queue: Entry<T, R>[] = [];
  let isPlanned = false;
  let lastCame = 0;
  const slots = createSlots(gathering.slots, plan, persists);
  const travelling = new Set<string>();

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
    const wait = Math.max(limit.wait(), waitForMore());
    if (wait > 0) plan(wait);
    else depart();
  }

  function depart(): void {
    const [batch, left] = takeBatch(queue, most, travelling);
    if (batch.length === 0) return;
    queue = left;
    limit.begin();
    const release = slots.take();
    const names = batch.flatMap((entry) => entry.names);
    for (const name of names) travelling.add(name);
    void deliver(batch).finally(() => {
      for (const name of names) travelling.delete(name);
      release();
    });
    plan();
  }

  /** Returns the milliseconds after which to look again whether the queue fills a request; 0 when it has waited long enough. */
  function waitForMore(): number {
    const rest = lastCame + lingers - performance.now();
    return rest <= 0 || isFull(queue, most) ? 0 : Math.min(rest, A_LOOK);
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
    if (persists && error instanceof RetryableError) for (const { reject } of batch) reject(error);
    else if (limit.isReached(error)) putBack(batch, error);
    else if (isItems(error) && batch.length > 1) part(batch, error);
    else for (const { reject } of batch) reject(error);
  }

  /** Refuses what the service blames and puts the others back; where it blames none, halves the batch, or refuses each of a few. */
  function part(batch: Entry<T, R>[], error: SyncError): void {
    const isFinal = error instanceof PermanentError;
    const positions = new Set(isFinal ? blamed?.(error) : []);
    const isEach = isFinal && positions.size === 0 && batch.length <= apart;
    const others = batch.filter((_, index) => !isEach && !positions.has(index));
    for (const { reject } of batch.filter((entry) => !others.includes(entry))) reject(error);
    if (others.length === batch.length) for (const entry of others) entry.company = Math.ceil(batch.length / 2);
    putBack(others, isFinal ? noTimeLeft() : error);
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
    const { count = () => 1, namesOf = () => [] } = gathering;
    const told = { weight: weigh(item), count: count(item), names: namesOf(item) };
    const entry = { item, attempt, resolve, reject, ...told, company: most.items };
    const forget = whenOver(attempt, () => {
      queue = queue.filter((other) => other !== entry);
      reject(noTimeLeft());
    });
    promise.then(forget, forget);
    queue.push(entry);
    lastCame = performance.now();
    plan();
    return underWay(promise);
  };
}

/**
 * Returns whether a request may have failed for one of its items. That is so of what may pass as well: a service may stumble over an
 * item, and a gateway find the request too large. Refused credentials are nobody's fault.
 */
const isItems = (error: unknown): error is SyncError =>
  error instanceof PermanentError || error instanceof RetryableError;
