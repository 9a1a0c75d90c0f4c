import { describe, expect, it } from 'vitest';
import { fixture } from '../../../fixtures/index.ts';
import type { Fields } from '../../factories.ts';
import { eventsOf, localShop, notification } from '../../support.ts';

const local = localShop();
const orderNamed = (number: number) => `0de50000-0000-4000-8000-00000000000${number}`;
const about = (number: number): Fields => ({ resource: { typeId: 'order', id: orderNamed(number) } });
const eventsOfOrder = async (number: number, given?: Fields) =>
  eventsOf(await local.plan(notification('OrderCreated.payloadNotIncluded', about(number)), given));

describe('an order', () => {
  it('that was fulfilled before it could be read is placed all the same', async () => {
    const [placed, ...ordered] = await eventsOfOrder(3);
    expect(placed).toMatchObject({ metric: 'Placed Order', uniqueId: orderNamed(3) });
    expect(ordered).not.toEqual([]);
    expect(await eventsOfOrder(3, { orders: { placedStates: ['Confirmed'] } })).toEqual([]);
  });

  it('may have null for what it lacks', async () => {
    const { order } = Object(fixture('OrderCreated'));
    const nulls = { customLineItems: null, custom: null, customerGroup: null };
    const events = eventsOf(await local.plan(notification('OrderCreated', { order: { ...order, ...nulls } })));
    expect(events).toMatchObject([{ metric: 'Placed Order' }, {}, {}]);
    const nameless = { ...order, billingAddress: null, customerId: null };
    const [placed] = eventsOf(await local.plan(notification('OrderCreated', { order: nameless })));
    expect(placed?.profile).toEqual({ email: 'lena.brandt@example.org' });
  });
});
