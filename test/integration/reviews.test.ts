import { describe, expect, test } from 'vitest';
import { ids } from '../fixtures/ids.ts';
import { fixture } from '../fixtures/index.ts';
import { published } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const EVENTS = { KLAVIYO_SYNC_SETTINGS: JSON.stringify({ prices: { country: 'DE' }, reviews: { events: true } }) };
const backpack = ids.product(3);
const MESSAGES = ['ReviewCreated', 'ReviewRatingSet', 'ReviewStateTransition'];
const orders = MESSAGES.flatMap((first) =>
  MESSAGES.filter((one) => one !== first).map((second) => {
    const third = MESSAGES.find((one) => one !== first && one !== second) ?? expect.unreachable();
    return [[first, second, third]];
  }),
);

const sync = await functionForAll();

describe('reviews of a product', () => {
  test.each(orders)('in the order %j, each of them twice, are one rating, and no events by default', async (names) => {
    const { klaviyo, push } = sync;
    await push(published(backpack));
    for (const name of [...names, ...names]) expect(await push(fixture(name))).toBe(204);
    expect(klaviyo.item(backpack)?.custom_metadata).toMatchObject({ rating: 4.33333, review_count: 3 });
    expect(klaviyo.state.events).toEqual([]);
  });

  test('write the item and no variant', async () => {
    const { shop, klaviyo, push } = sync;
    await push(published(backpack));
    const review = (await shop.get('review', ids.review(2))) ?? expect.unreachable();
    await shop.put('review', { ...review, rating: 1 });
    klaviyo.requests.length = 0;
    expect(await push(fixture('ReviewRatingSet'))).toBe(204);
    expect(klaviyo.item(backpack)?.custom_metadata.rating).toBe(3.33333);
    const writes = klaviyo.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    expect(writes.filter((path) => path.includes('variants'))).toEqual([]);
    expect(writes).not.toEqual([]);
  });

  test('are not told of before the statistics count them', async () => {
    const { shop, klaviyo, push, log } = sync;
    await push(published(backpack));
    shop.faults.add({
      match: ({ path }) => path.includes('/reviews?'),
      effect: { kind: 'status', status: 200, body: { results: [], total: 2 } },
    });
    expect(await push(fixture('ReviewCreated'))).toBe(500);
    expect(log.at(-1)).toMatchObject({ outcome: 'failed', error: { class: 'RetryableError' } });
    expect(await push(fixture('ReviewCreated'))).toBe(204);
    expect(klaviyo.item(backpack)?.custom_metadata.review_count).toBe(3);
  });
});

describe('reviews of customers', () => {
  test('are one event each, however often they are told', async () => {
    const { klaviyo, push } = await functionForTest(EVENTS);
    for (const name of [...MESSAGES, ...MESSAGES]) expect(await push(fixture(name))).toBe(204);
    const told = klaviyo.eventsOf('Submitted Review');
    expect(told.map(({ unique_id }) => unique_id).sort()).toEqual([ids.review(1), ids.review(3)]);
    const authors = told.map(({ profile_id }) => klaviyo.state.profiles.get(profile_id)?.external_id).sort();
    expect(authors).toEqual([ids.customer(1), ids.customer(2)]);
    expect(told.map(({ value }) => value)).toEqual([null, null]);
  });
});
