import type { PermanentError } from '../errors.ts';
import type { Limit } from './limit.ts';

/** How items travel together. */
export interface Gathering<T, R> {
  /** Requests under way at once. */
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
   * those that are to blame are found out.
   */
  send(items: readonly T[]): Promise<readonly R[]>;
  /** Returns the positions of the items that a refusal blames; none where it does not say. */
  blamed?(error: PermanentError): readonly number[];
  /** Of so many items or fewer each is refused, where it is not said which is to blame; 1 by default. More are halved. */
  apart?: number;
}
