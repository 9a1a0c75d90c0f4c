import { describe, expect, it } from 'vitest';
import type { Write } from '../../../../shared/klaviyo/writes.ts';
import { seeded } from '../../../doubles/shop/seed.ts';
import { ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification } from '../../support.ts';

const local = localShop();
const [order] = seeded('order');
if (!order) throw new Error('The seed lacks orders');

const createdAt = new Date(Date.now() - 60_000).toISOString();
const SOURCE = 'commercetools';
const CONSENT = { email: { orderField: 'news' }, sms: { orderField: 'texts' } };
const says = (fields: Fields, more: Fields = {}) => ({
  ...order,
  ...more,
  custom: { type: { typeId: 'type' as const, id: 'checkout' }, fields },
});
const ordered = (fields: Fields, more: Fields = {}, type = 'OrderCreated') =>
  notification(type, { createdAt, order: says(fields, more) });
const consents = (writes: Write[]) => writes.filter(({ kind }) => kind === 'subscribe' || kind === 'unsubscribe');
const planned = async (message: ReturnType<typeof ordered>, more: Fields = {}) =>
  consents(await local.plan(message, { consent: CONSENT, ...more }));

const about = (channel: string, address: string, externalId?: string) => ({
  kind: 'subscribe',
  channel,
  address,
  externalId,
  customerField: undefined,
  time: createdAt,
  list: undefined,
  source: SOURCE,
});
const GUEST = {
  customerId: undefined,
  customerEmail: 'noor.gast@example.org',
  billingAddress: { country: 'DE', phone: '030 2312599' },
};

describe('an order that says yes', () => {
  it('subscribes its customer, by the e-mail and the number of the record', async () => {
    expect(await planned(ordered({ news: true, texts: true }, { customerEmail: 'gift@example.org' }))).toEqual([
      about('email', 'lena.brandt@example.org', ids.customer(1)),
      about('sms', '+491713920015', ids.customer(1)),
    ]);
  });

  it('subscribes a guest, after the events that make the profile', async () => {
    const writes = await local.plan(ordered({ news: true, texts: true }, GUEST), { consent: CONSENT });
    expect(writes.slice(-2)).toEqual([about('email', GUEST.customerEmail), about('sms', '+49302312599')]);
  });

  it('also when its payload was too large', async () => {
    await local.shop.put('order', says({ news: true }));
    expect(await planned(notification('OrderCreated.payloadNotIncluded', { createdAt }))).toHaveLength(1);
  });
});

describe('nobody is subscribed by an order', () => {
  it.each([
    ['that says no', ordered({ news: false })],
    ['that says nothing', ordered({})],
    ['that says yes in another field', ordered({ gift: true })],
    ['that says neither', ordered({ news: 'true' })],
    ['that was imported', ordered({ news: true }, {}, 'OrderImported')],
    ['that was renewed', ordered({ news: true }, {}, 'OrderCreatedFromRecurringOrder')],
    [
      'that is old',
      notification('OrderCreated', { order: says({ news: true }), createdAt: '2026-05-04T18:21:07.512Z' }),
    ],
    ['of a store that is not synced', ordered({ news: true }, { store: { typeId: 'store', key: 'valley' } })],
    ['of nobody', ordered({ news: true }, { customerId: undefined, customerEmail: undefined })],
  ])('%s', async (_, message) => {
    expect(await planned(message, { stores: { include: ['summit'] } })).toEqual([]);
  });

  it('whose customer is gone, and may have been erased', async () => {
    await local.shop.remove('customer', ids.customer(1));
    expect(await planned(ordered({ news: true }))).toEqual([]);
  });

  it('that is only given to a customer', async () => {
    await local.shop.put('order', { ...says({ news: true }), id: ids.order(8) });
    expect(await planned(notification('OrderCustomerSet', { createdAt }))).toEqual([]);
  });
});

it('events of an order of a store that is not synced are none', async () => {
  const stores = { include: ['summit'] };
  const store = { typeId: 'store', key: 'valley' };
  expect(await local.plan(notification('OrderCreated', { order: { ...order, store } }), { stores })).toEqual([]);
  expect(await local.plan(notification('OrderCreated'), { stores })).not.toEqual([]);
  expect(await local.plan(notification('OrderCreated'), { stores: { ...stores, withoutStore: false } })).toEqual([]);
  for (const [name, id] of [
    ['OrderStateChanged.Complete', ids.order(3)],
    ['PaymentTransactionAdded', ids.order(3)],
  ] as const) {
    const of = seeded('order').find((one) => one.id === id) ?? expect.unreachable();
    await local.shop.put('order', { ...of, store: { typeId: 'store', key: 'valley' } });
    expect(await local.plan(notification(name), { stores })).toEqual([]);
  }
});
