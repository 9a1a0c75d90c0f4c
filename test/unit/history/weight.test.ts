import { describe, expect, test } from 'vitest';
import { orderSchema } from '../../../shared/commercetools/resources/order.ts';
import { SLIM_ORDER, TYPICAL_ORDER } from '../../../shared/history/estimate.ts';
import { weightOf } from '../../../shared/history/weight.ts';
import { benchId, digits } from '../../../tools/bench/ids.ts';
import { resource } from '../../../tools/bench/resources.ts';
import { settings } from '../support.ts';

const orderOf = (lines: number, orderState: string) => ({
  order: orderSchema.parse({ ...JSON.parse(resource.order(benchId('order', lines, digits(1)))), orderState }),
  payments: [],
});

const weigh = (orders: ReturnType<typeof orderOf>[], given = {}) =>
  weightOf(orders, { settings: settings(given), options: { since: undefined, until: Date.parse('2100-01-01') } });

describe('what an order amounts to', () => {
  test.each([
    ['typical', TYPICAL_ORDER, {}],
    ['slim', SLIM_ORDER, { orders: { properties: { include: [] } } }],
  ])('is what the estimates take for a %s one', (_, typical, given) => {
    // Three lines and four: 3.5 on average.
    const { events, bytes } = weigh([orderOf(3, 'Complete'), orderOf(4, 'Complete')], given);

    expect(events).toBe(typical.events);
    expect(bytes / typical.bytes).toBeCloseTo(1, 1);
  });

  test('is one event less while the order is open', () => {
    expect(weigh([orderOf(3, 'Open')]).events).toBe(4);
    expect(weigh([orderOf(3, 'Cancelled')]).events).toBe(5);
  });
});
