import { beforeEach, describe, expect, test } from 'vitest';
import type { EventGroup } from '../../shared/klaviyo/bulk/account.ts';
import { Written } from '../../shared/klaviyo/json.ts';
import { isEventBulk } from '../doubles/klaviyo/event-bulk.ts';
import { ids } from '../fixtures/ids.ts';
import { differencesOf } from './history.ts';
import { orderHistoryForAll } from './order-history.ts';

const { klaviyo, run, repair, compare, told, all, forget, add } = await orderHistoryForAll();

/** More than are asked for one by one. */
const MANY = 60;
const numbers = Array.from({ length: MANY }, (_, index) => 100 + index);
const day = { since: Date.parse('2026-05-25T00:00:00Z'), until: Date.parse('2026-06-20T00:00:00Z') };
const PLACED = Date.parse('2026-05-25T10:00:00Z');
const GUEST = 'noor.gast@example.org';

/** Many orders of a guest of one day, two of each second. */
beforeEach(async () => {
  for (const number of numbers) {
    const createdAt = new Date(PLACED + Math.floor(number / 2) * 1000).toISOString();
    const completed = { orderState: 'Complete' as const, lastModifiedAt: '2026-05-28T10:00:00.000Z' };
    await add(number, { createdAt, ...completed, customerId: undefined, customerEmail: GUEST });
  }
});

/** Three orders a day. */
const dayOf = (number: number) => Math.floor((number - 100) / 3);
const isOdd = (id: string) => Number(id.slice(-12)) % 2 === 1;
const send = (events: EventGroup['events'], email = GUEST) =>
  run(({ account }) => account.sendEvents({ profile: { email }, events }));
const properties = new Written({});
const fulfilled = (uniqueId: string, time: string) => ({ metric: 'Fulfilled Order', uniqueId, time, properties });

test('of many orders of a day those are sent that Klaviyo lacks, and no others', async () => {
  await repair(day);
  const before = all();
  forget(({ metric, unique_id }) => metric !== 'Fulfilled Order' && isOdd(unique_id));
  klaviyo.state.arrivals.bulk = 0;
  const lacking = differencesOf(await compare(day));
  expect(lacking).toHaveLength(MANY);
  expect(lacking.every(({ id }) => isOdd(id))).toBe(true);
  expect((await repair(day)).isEqual()).toBe(true);
  expect(all()).toEqual(before);
  expect(klaviyo.state.arrivals.bulk).toBe(MANY);
});

test('few orders a day travel together, although Klaviyo has some of one day and none of the next', async () => {
  for (const number of numbers) {
    const createdAt = new Date(PLACED + dayOf(number) * 86_400_000).toISOString();
    await add(number, { createdAt, customerId: undefined, customerEmail: GUEST });
  }
  await repair(day);
  const before = all();
  const isOneOfThree = (id: string) => Number(id.slice(-12)) % 3 === 0;
  forget(({ unique_id, time }) => isOneOfThree(unique_id) || (Date.parse(time) - PLACED) % (2 * 86_400_000) === 0);
  klaviyo.requests.length = 0;
  expect((await repair(day)).isEqual()).toBe(true);
  expect(all()).toEqual(before);
  expect(klaviyo.requests.filter(isEventBulk)).toHaveLength(1);
});

describe('of many orders that were fulfilled', () => {
  const states = { ...day, settings: { handlers: { disabled: ['order-placed'] } } };

  test.each([
    ['a little', '2026-05-27T00:00:00Z'],
    ['much later', '2026-07-27T00:00:00Z'],
  ])('those are sent of which live traffic has not told: %s than history guesses', async (_, time) => {
    await send(numbers.filter((number) => number % 2 === 0).map((number) => fulfilled(ids.order(number), time)));
    const lacking = differencesOf(await compare(states));
    expect(lacking).toHaveLength(MANY / 2);
    expect(lacking.every(({ id }) => isOdd(id))).toBe(true);
    expect((await repair(states)).isEqual()).toBe(true);
    expect(told('Fulfilled Order')).toHaveLength(MANY);
  });

  test('Klaviyo is asked for each, where it would have to list many times as many', async () => {
    const others = Array.from({ length: 900 }, (_, index) => fulfilled(`other-${index}`, '2026-05-26T00:00:00Z'));
    for (const part of [1, 2, 3, 4]) {
      const events = others.map((event) => ({ ...event, uniqueId: `${event.uniqueId}-${part}` }));
      await send(events, 'somebody@example.org');
    }
    await send(numbers.slice(0, 5).map((number) => fulfilled(ids.order(number), '2026-05-27T00:00:00Z')));
    klaviyo.requests.length = 0;
    const lacking = differencesOf(await compare({ ...states, exact: true }));
    expect(lacking).toHaveLength(MANY - 5);
    expect(klaviyo.requests.filter(({ path }) => path.includes('profile_id')).length).toBeGreaterThanOrEqual(MANY);
  });
});
