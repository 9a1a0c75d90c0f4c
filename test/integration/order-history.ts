import type { Order } from '@commercetools/platform-sdk';
import { expect } from 'vitest';
import type { History } from '../../shared/history/history.ts';
import { runOrders } from '../../shared/history/orders/index.ts';
import { parseNotification } from '../../shared/platform-format/payload.ts';
import type { KlaviyoEvent } from '../doubles/klaviyo/state.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { ids } from '../fixtures/ids.ts';
import type { Fields } from '../unit/factories.ts';
import { historyForAll, type TestHistory } from './history.ts';

type Given = Parameters<Awaited<ReturnType<typeof historyForAll>>['run']>[1];

/** Where history ends, unless a test says otherwise. All orders of the seed are older. */
export const UNTIL = Date.parse('2026-06-01T00:00:00Z');

/** A shop and an account for all tests of a file, and runs over the history of orders between them. */
export async function orderHistoryForAll() {
  const world = await historyForAll();
  const { shop, klaviyo, run } = world;

  /** Repairs, unless the options say otherwise. */
  const repair = (given: Given = {}) => run(runOrders, { until: UNTIL, lookAgain: [5, 10], ...given });

  return {
    ...world,
    repair,
    compare: (given: Given = {}) => repair({ ...given, repair: false }),
    /** Writes what live traffic writes of a message. */
    tell: (payload: Fields) =>
      run(async ({ live }: History) => {
        await live.carryOut({ notification: parseNotification({ content: { payload } }), publishedAt: Date.now() });
      }),
    /** The unique ids of what Klaviyo has of a metric. */
    told: (metric: string) => klaviyo.eventsOf(metric).map(({ unique_id }) => unique_id),
    /** All events of Klaviyo, in words. */
    all: () => klaviyo.state.events.map(inWords).toSorted(),
    /** Has Klaviyo lose events. */
    forget: (isMeant: (event: KlaviyoEvent) => boolean) => {
      klaviyo.state.events = klaviyo.state.events.filter((event) => !isMeant(event));
    },
    /** Changes an order of the seed. */
    put: (number: number, fields: Partial<Order>) => shop.put('order', { ...orderOf(number), ...fields }),
    /** Adds an order with one line that is like another one, but for its ids and what is given. Returns the order. */
    add(number: number, fields: Partial<Order>, like = orderOf(1)): Promise<Order> {
      const [line] = like.lineItems;
      if (!line) throw new Error('The order has no line');
      // No order of the seed has a line with such a number.
      const own = { id: ids.order(number), lineItems: [{ ...line, id: ids.lineItem(9000 + number) }] };
      return shop.put('order', { ...like, lastModifiedAt: fields.createdAt ?? like.lastModifiedAt, ...own, ...fields });
    },
  };
}

/** An event in words: what it is of, when it happened, and whether it fires flows. */
export const inWords = ({ metric, unique_id, time, backfill }: KlaviyoEvent): string =>
  [metric, unique_id, time, backfill ? 'silently' : 'with flows'].join(' ');

/** An order of the seed. */
export const orderOf = (number: number): Order =>
  seeded('order').find(({ id }) => id === ids.order(number)) ?? expect.unreachable();

/** Records for how many minutes a run waits before it looks again; `onWait` is called at the beginning of each. */
export function waits(onWait: (minutes: number) => unknown = () => {}) {
  const minutes: number[] = [];
  const around = (history: TestHistory): TestHistory => ({
    ...history,
    patience: {
      ...history.patience,
      async wait(milliseconds) {
        if (milliseconds >= 60_000) {
          minutes.push(milliseconds / 60_000);
          await onWait(milliseconds / 60_000);
        }
        return history.patience.wait(milliseconds);
      },
    },
  });
  return { minutes, around };
}
