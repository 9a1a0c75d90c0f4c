import { describe, expect, it } from 'vitest';
import { GoneError, RetryableError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { eventsOf, localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const backpack = ids.product(3);
const rated = { rating: 4.33333, review_count: 3 };
const withEvents = { reviews: { events: true } };

/** Changes a review of the shop. */
async function change(number: number, fields: Fields) {
  const review = (await local.shop.get('review', ids.review(number))) ?? expect.unreachable();
  await local.shop.put('review', { ...review, ...fields });
}

describe('a review that counts', () => {
  it.each(['ReviewCreated', 'ReviewRatingSet', 'ReviewStateTransition', 'ReviewCreated.payloadNotIncluded'])(
    'with %s: the item with the rating of now, where it differs; its variants know no rating',
    async (name) => {
      const writes = await local.plan(notification(name));
      expect(writes).toMatchObject([
        { kind: 'upsertItem', ifChanged: true, item: { id: backpack, customMetadata: rated } },
      ]);
      expect(JSON.stringify(Object(writes[0]).item.variants)).not.toContain('review_count');
    },
  );

  it.each(['ReviewCreated', 'ReviewStateTransition'])('with %s is Submitted Review, if it may be', async (name) => {
    const about = notification(name);
    const review = await local.shop.get('review', String(Object(about).resource.id));
    const events = eventsOf(await local.plan(about, withEvents));
    expect(events).toMatchObject([
      {
        metric: 'Submitted Review',
        profile: { externalId: review?.customer?.id },
        uniqueId: review?.id,
        time: review?.createdAt,
        properties: { ProductID: backpack, ProductName: 'Tour Backpack 30 L', Rating: review?.rating },
      },
    ]);
  });

  it('is submitted once: another rating is no other review', async () => {
    expect(eventsOf(await local.plan(notification('ReviewRatingSet'), withEvents))).toEqual([]);
  });

  it('of no customer is nobody’s event', async () => {
    await change(1, { customer: undefined });
    expect(await local.plan(notification('ReviewCreated'), withEvents)).toMatchObject([{ kind: 'upsertItem' }]);
  });

  it.each([
    ['of a store that is synced', ['munich'], { include: ['munich'] }, 1],
    ['of another store', ['paris'], { include: ['munich'] }, 0],
    ['of no store', [], { include: ['munich'] }, 1],
    ['of no store, if those are not synced', [], { include: ['munich'], withoutStore: false }, 0],
  ])('is told by a customer %s', async (_, keys, stores, events) => {
    const review = (await local.shop.get('review', ids.review(1))) ?? expect.unreachable();
    const customer = await local.shop.get('customer', review.customer?.id ?? expect.unreachable());
    await local.shop.put('customer', {
      ...(customer ?? expect.unreachable()),
      stores: keys.map((key) => ({ typeId: 'store', key })),
    });
    const writes = await local.plan(notification('ReviewCreated'), { ...withEvents, stores });
    expect(eventsOf(writes)).toHaveLength(events);
    expect(writes).toContainEqual(expect.objectContaining({ kind: 'upsertItem' }));
  });

  it('of a product that is not published is an event and no item', async () => {
    await local.shop.unpublish(backpack);
    expect(await local.plan(notification('ReviewCreated'))).toEqual([]);
    expect(await local.plan(notification('ReviewCreated'), withEvents)).toMatchObject([{ kind: 'createEvent' }]);
  });

  it('is known to Klaviyo by a customer whom it is to know first', async () => {
    const nobody = { byEmail: async () => undefined, byExternalId: async () => undefined };
    const writes = await local.plan(notification('ReviewCreated'), withEvents, { profiles: nobody });
    expect(writes.map(({ kind }) => kind)).toEqual(['identify', 'createEvent', 'upsertItem']);
  });
});

describe('a review that does not count', () => {
  it('asks for nothing, and nothing is read', async () => {
    const set = { includedInStatistics: false };
    const still = { oldIncludedInStatistics: false, newIncludedInStatistics: false };
    for (const about of [
      notification('ReviewCreated.Pending'),
      notification('ReviewRatingSet', set),
      notification('ReviewStateTransition', still),
    ])
      expect(await local.plan(about, withEvents)).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('any more changes the rating, and is no event', async () => {
    await change(3, { includedInStatistics: false });
    const taken = { oldIncludedInStatistics: true, newIncludedInStatistics: false };
    expect(await local.plan(notification('ReviewStateTransition', taken), withEvents)).toMatchObject([
      { kind: 'upsertItem', item: { customMetadata: { rating: 4.5, review_count: 2 } } },
    ]);
  });

  it('as it is of a channel, or of nothing, asks for nothing', async () => {
    await change(1, { target: { typeId: 'channel', id: 'c4a00000-0000-4000-8000-000000000001' } });
    expect(await local.plan(notification('ReviewCreated'), withEvents)).toEqual([]);
    await change(1, { target: undefined });
    expect(await local.plan(notification('ReviewCreated'), withEvents)).toEqual([]);
  });

  it('as it is gone is gone', async () => {
    await local.shop.remove('review', ids.review(1));
    expect(await rejectionOf(local.plan(notification('ReviewCreated')))).toBeInstanceOf(GoneError);
  });
});

describe('statistics that are behind', () => {
  /** One more review of the rating is counted than the statistics know. */
  const lag = (total: number) =>
    local.shop.faults.add({
      match: ({ path }) => path.includes('/reviews?'),
      effect: { kind: 'status', status: 200, body: { results: [], total } },
    });

  it('are read again while the message is new', async () => {
    lag(2);
    expect(await rejectionOf(local.plan(notification('ReviewCreated')))).toBeInstanceOf(RetryableError);
  });

  it.each([
    ['are taken as they are when the message is old', 2, Date.now() - 3_600_000],
    ['are taken as they are where commercetools does not count exactly', 10_000, undefined],
  ])('%s', async (_, total, publishedAt) => {
    lag(total);
    expect(await local.plan(notification('ReviewCreated'), {}, { publishedAt })).toMatchObject([
      { item: { customMetadata: rated } },
    ]);
  });
});
