import type { Customer } from '@commercetools/platform-sdk';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readConfiguration } from '../../shared/config/environment.ts';
import { createLogger } from '../../shared/log/logger.ts';
import { openEnvelope } from '../../shared/platform-format/envelope.ts';
import { createSync } from '../../shared/sync.ts';
import { pushBody } from '../doubles/delivery.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';
import { startShop } from '../doubles/shop/index.ts';
import { created, customerDeleted, customerSet, placed, stateChanged, updated } from '../integration/notifications.ts';
import { environmentFor } from '../integration/support.ts';
import { seed } from './changes.ts';
import { runs } from './runs.ts';

const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
afterAll(() => Promise.all([shop.stop(), klaviyo.stop()]));

const settings = { consent: { email: { customerField: 'news', orderField: 'news' } } };
const env = environmentFor(shop, klaviyo, { KLAVIYO_SYNC_SETTINGS: JSON.stringify(settings) });
const way = createSync(readConfiguration(env), createLogger('silent'));
const sync = (push: unknown) => way(openEnvelope(push));

const [lena, jordan, jonas, siobhan] = [0, 1, 2, 3].map((index) => seed('customer', index)) as [
  Customer,
  Customer,
  Customer,
  Customer,
];
const { customerId: _, ...order } = { ...seed('order', 0), lineItems: [] };
const GUEST = 'noor.gast@example.org';
const TIMES = 10;

const hours = (ago: number) => new Date(Date.now() - ago * 3_600_000).toISOString();
const type = { typeId: 'type' as const, id: 'consents' };
const saying = (customer: Customer, news: boolean) => ({ ...customer, custom: { type, fields: { news } } });
const yes = (customer: Customer, ago: number) =>
  customerSet('CustomerCustomFieldChanged', customer, {
    name: 'news',
    value: true,
    previousValue: false,
    createdAt: hours(ago),
  });
const no = (customer: Customer, ago: number) =>
  customerSet('CustomerCustomFieldChanged', customer, {
    name: 'news',
    value: false,
    previousValue: true,
    createdAt: hours(ago),
  });
const signsUp = (customer: Customer, news: boolean, ago: number) => ({
  ...created(saying(customer, news)),
  createdAt: hours(ago),
});
const orders = (customerEmail: string, customerId: string | undefined, id: string) => ({
  ...placed({
    ...order,
    id,
    customerEmail,
    ...(customerId && { customerId }),
    custom: { type, fields: { news: true } },
  }),
  createdAt: hours(5),
});

/**
 * All that a shop has told of its people. Lena withdrew in the shop, Jonas in Klaviyo, as did a guest; Jordan was erased, and
 * Siobhán said yes for good.
 */
const HISTORY = [
  ...[signsUp(lena, true, 6), yes(lena, 5), orders(lena.email, lena.id, 'order-1'), no(lena, 2)],
  ...[signsUp(jonas, true, 6), yes(jonas, 5), updated(jonas), orders(jonas.email, jonas.id, 'order-2')],
  ...[signsUp(jordan, true, 6), yes(jordan, 5), orders(jordan.email, jordan.id, 'order-3'), updated(jordan)],
  ...[stateChanged('order-3', 'Complete'), customerDeleted(jordan), orders(GUEST, undefined, 'order-4')],
  ...[signsUp(siobhan, false, 6), yes(siobhan, 4), updated(siobhan)],
];

/** As Klaviyo and the shop are after that history, but for messages that will be delivered again. */
async function live(): Promise<void> {
  klaviyo.reset();
  await shop.reset();
  for (const customer of [lena, jonas, siobhan, jordan]) await shop.put('customer', saying(customer, true));
  for (const message of [created(jonas), created(jordan), orders(GUEST, undefined, 'order-4')])
    await sync(pushBody(message));
  await shop.put('customer', saying(lena, false));
  await shop.put('order', { ...order, id: 'order-3', customerId: jordan.id });
  for (const email of [jonas.email, GUEST]) klaviyo.unsubscribe(email);
  await shop.remove('customer', jordan.id);
}

test('a whole history ten times, in any order, subscribes nobody who withdrew later and erases nobody else', async () => {
  const everything = Array.from({ length: TIMES }, () => HISTORY).flat();
  const whole = fc.shuffledSubarray(everything, { minLength: everything.length });

  const property = fc.asyncProperty(whole, async (messages) => {
    await live();
    const late = { publishTime: new Date(Date.now() - 120_000) };
    for (const message of messages) await sync(pushBody(message, late));

    const consents = [lena.email, jonas.email, GUEST, siobhan.email].map((email) => klaviyo.consentOf(email));
    expect(consents).toEqual([expect.not.stringMatching(/^SUBSCRIBED/), 'UNSUBSCRIBED', 'UNSUBSCRIBED', 'SUBSCRIBED']);
    expect(klaviyo.state.erased.map(({ external_id }) => external_id)).toEqual([jordan.id]);
    const there = [...klaviyo.state.profiles.values()].map(({ email }) => email).sort();
    expect(there).toEqual([lena.email, jonas.email, GUEST, siobhan.email].sort());
    expect(klaviyo.state.unconfirmed).toEqual([]);
  });
  await fc.assert(property, runs(2));
});
