import type { Order } from '../../commercetools/resources/order.ts';
import type { Fact } from './facts.ts';

/** An order with those of its facts that are in question. */
export interface Due {
  order: Order;
  facts: readonly Fact[];
}

/** Reads orders page by page; once more each time that it is called. */
export type Source = () => AsyncIterable<readonly Due[]>;

/** Returns a source with those facts only that are of some kind. */
export const only = (source: Source, isOf: (fact: Fact) => boolean): Source =>
  async function* () {
    for await (const page of source())
      yield page
        .map(({ order, facts }) => ({ order, facts: facts.filter(isOf) }))
        .filter(({ facts }) => facts.length > 0);
  };
