import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError } from '../../../../shared/errors.ts';
import { seeded } from '../../../doubles/shop/seed.ts';
import { ids } from '../../../fixtures/ids.ts';
import { fixture } from '../../../fixtures/index.ts';
import { eventsOf, localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();

describe('an order whose state changed', () => {
  it('is one Fulfilled Order when it is complete', async () => {
    const plan = await local.plan(notification('OrderStateChanged.Complete'));
    expect(plan).toEqual([
      {
        kind: 'createEvent',
        trimmed: [],
        event: {
          metric: 'Fulfilled Order',
          profile: { externalId: 'c0500000-0000-4000-8000-000000000003' },
          uniqueId: '0de50000-0000-4000-8000-000000000003',
          time: '2026-05-20T10:30:00.000Z',
          value: 169.75,
          valueCurrency: 'EUR',
          properties: expect.objectContaining({
            OrderId: '2026-1003',
            ItemNames: ['Straight Jeans Indigo', 'Ember Camp Stove'],
            Brands: ['Nordhang', 'Kesselrot'],
          }),
        },
      },
    ]);
  });

  it('is one Cancelled Order when it is cancelled', async () => {
    const events = eventsOf(await local.plan(notification('OrderStateChanged.Cancelled')));
    expect(events).toMatchObject([
      {
        metric: 'Cancelled Order',
        uniqueId: '0de50000-0000-4000-8000-000000000004',
        time: '2026-05-09T10:30:00.000Z',
        value: 225.5,
        valueCurrency: 'GBP',
      },
    ]);
    expect(events[0]?.profile).toEqual({
      externalId: 'c0500000-0000-4000-8000-000000000004',
    });
  });

  it.each(['Complete', 'Cancelled'])('%s is the same without its payload', async (state) => {
    const whole = await local.plan(notification(`OrderStateChanged.${state}`));
    expect(await local.plan(notification(`OrderStateChanged.${state}.payloadNotIncluded`))).toEqual(whole);
  });

  it('is what the message says, even if the order has moved on', async () => {
    const about = notification('OrderStateChanged.Complete', { orderState: 'Cancelled' });
    expect(eventsOf(await local.plan(about))).toMatchObject([{ metric: 'Cancelled Order' }]);
  });

  it('asks for nothing in any other state, and reads nothing', async () => {
    expect(await local.plan(notification('OrderStateChanged.Open'))).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('asks for nothing when the order is in another state and the payload was too large', async () => {
    const resource = { typeId: 'order', id: '0de50000-0000-4000-8000-000000000001' };
    expect(await local.plan(notification('OrderStateChanged.Complete.payloadNotIncluded', { resource }))).toEqual([]);
  });

  it('has the Reason of a cancellation, and of nothing else', async () => {
    const given = { orders: { reasonField: 'why' } };
    const custom = { type: { typeId: 'type' as const, id: 'order' }, fields: { why: 'Too late' } };
    const reasonsOf = async (number: number, name: string) => {
      const order = seeded('order').find(({ id }) => id === ids.order(number));
      if (order) await local.shop.put('order', { ...order, custom });
      return eventsOf(await local.plan(notification(name), given)).map(({ properties }) => properties.Reason);
    };
    expect(await reasonsOf(4, 'OrderStateChanged.Cancelled')).toEqual(['Too late']);
    expect(await reasonsOf(3, 'OrderStateChanged.Complete')).toEqual([undefined]);
  });

  it('means what the settings say', async () => {
    const given = { orders: { fulfilledStates: ['Open'] }, metrics: { fulfilledOrder: 'Shipped' } };
    expect(await local.plan(notification('OrderStateChanged.Complete'), given)).toEqual([]);
    expect(eventsOf(await local.plan(notification('OrderStateChanged.Open'), given))).toMatchObject([
      { metric: 'Shipped' },
    ]);
  });

  it('is gone when commercetools has the order no more', async () => {
    const name = 'OrderStateChanged.Complete';
    await local.shop.remove('order', Object(fixture(name).resource).id);
    expect(await rejectionOf(local.plan(notification(name)))).toBeInstanceOf(GoneError);
  });

  it.each(['orderState', 'createdAt'])('is refused when the message lacks its %s', async (field) => {
    const about = notification('OrderStateChanged.Complete', { [field]: undefined });
    const error = await rejectionOf(local.plan(about));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toContain(field);
  });
});
