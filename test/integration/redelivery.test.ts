import { describe, expect, test } from 'vitest';
import type { FaultTarget } from '../doubles/faults.ts';
import { isSingleEvent } from '../doubles/klaviyo/events.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { categoryUpdated, published, updated } from './notifications.ts';
import { entriesOf } from './state.ts';
import { functionForAll } from './support.ts';
import { NOTIFICATIONS } from './transient.ts';

const { klaviyo, shop, push } = await functionForAll();

const [lena] = seeded('customer');
const [, pants] = seeded('category');
const [jeans] = seeded('product');
if (!lena || !pants || !jeans) throw new Error('The seed lacks something');

const state = () => [...entriesOf(klaviyo.state)].sort();
const status = (code: number) => ({ kind: 'status', status: code }) as const;

/** Fails after part of it was written, then delivers it again. */
async function failHalfway(
  notification: object,
  match: (request: FaultTarget) => boolean,
  after: number,
): Promise<void> {
  klaviyo.faults.add({ match, after, times: Infinity, effect: status(500) });
  expect(await push(notification)).toBe(500);
  klaviyo.faults.clear();
  expect(await push(notification)).toBe(204);
}

test.each(NOTIFICATIONS)(
  '$notificationType $type of $resource.typeId changes nothing when it comes again',
  async (one) => {
    await push(one);
    const before = state();

    for (let delivery = 0; delivery < 3; delivery++) expect(await push(one)).toBe(204);
    await Promise.all([push(one), push(one)]);
    expect(state()).toEqual(before);
  },
);

describe('a redelivery after a partial failure doubles nothing and leaves nothing out', () => {
  test.each([1, 2])('of an order of which %i events were written', async (after) => {
    await failHalfway(fixture('OrderCreated'), isSingleEvent, after);

    expect(klaviyo.state.events.map(({ metric }) => metric).sort()).toEqual([
      'Ordered Product',
      'Ordered Product',
      'Placed Order',
    ]);
  });

  test('of a product of which two variants were written', async () => {
    await failHalfway(published(jeans.id), ({ path }) => path.startsWith('/api/catalog-variants'), 2);

    expect(klaviyo.variantsOf(jeans.id)).toHaveLength(6);
    expect(klaviyo.item(jeans.id)?.categories).toHaveLength(3);
  });

  test('of a product of which the item was created without its categories', async () => {
    await push(published(jeans.id));
    await failHalfway(published(jeans.id), ({ path }) => path.includes('/relationships/'), 0);

    expect(klaviyo.item(jeans.id)?.categories).toHaveLength(3);
  });

  test('of a renamed category of which one descendant was written', async () => {
    await push(categoryUpdated(pants.id));
    await shop.put('category', { ...pants, name: { 'en-GB': 'Trousers' } });
    await failHalfway(categoryUpdated(pants.id), ({ method }) => method === 'PATCH', 2);

    const names = [...klaviyo.state.categories.values()].map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('Women > Trousers'))).toHaveLength(3);
  });

  test('of a customer who was written without the phone number', async () => {
    await failHalfway(updated(lena), ({ method }) => method === 'PATCH', 0);

    expect(klaviyo.profileByEmail(lena.email)).toMatchObject({ phone_number: '+491713920015', last_name: 'Brandt' });
    expect(klaviyo.state.profiles).toHaveLength(1);
  });

  test('of a new customer whose creation was lost on the way back', async () => {
    klaviyo.faults.add({ times: 3, effect: { kind: 'lost-reply' } });
    await push(fixture('CustomerCreated'));

    expect(await push(fixture('CustomerCreated'))).toBe(204);
    expect(klaviyo.state.profiles).toHaveLength(1);
    expect(klaviyo.profileByEmail(lena.email)).toMatchObject({ phone_number: '+491713920015', last_name: 'Brandt' });
  });
});
