import type { PermanentError } from '../errors.ts';
import type { Most } from './batch.ts';
import type { Limit } from './limit.ts';

/** How items travel together. */
export interface Gathering<T, R> {
  /** Requests under way at once, but for those that take very long. */
  slots: number;
  /** Most items of a request, and most weight of them all. */
  most: Most;
  /** Returns the weight of an item, in whatever `most` counts. */
  weigh(item: T): number;
  /** Returns how many items of `most` an item stands for; 1 by default. */
  count?(item: T): number;
  /** Names an item: of two that share a name the second waits for the first one's answer. */
  namesOf?(item: T): readonly string[];
  /** Milliseconds that a request which is not full waits for more after the last item came; 0 by default. */
  lingers?: number;
  /**
   * Whether `send` repeats what may pass by itself. A request keeps its slot then however long it takes, and a RetryableError is the
   * verdict on all of its items.
   */
  persists?: boolean;
  /** None by default. */
  limit?: Limit;
  /**
   * Makes one request for several items and returns the result of each. Its 429 keeps all of them waiting; after another
   * PermanentError or RetryableError those that are to blame are found out.
   */
  send(items: readonly T[]): Promise<readonly R[]>;
  /** Returns the positions of the items that a refusal blames; none where it does not say. */
  blamed?(error: PermanentError): readonly number[];
  /** Of so many items or fewer each is refused, where it is not said which is to blame; 1 by default. More are halved. */
  apart?: number;
}
