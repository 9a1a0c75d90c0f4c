import { describe, expect, test } from 'vitest';
import { HANDLER_NAMES } from '../../shared/config/settings/handlers.ts';
import { settingsSchema } from '../../shared/config/settings.ts';
import { takes } from '../../shared/handlers/handler.ts';
import { handlers } from '../../shared/handlers/index.ts';
import { parseNotification } from '../../shared/platform-format/payload.ts';
import { CHECKOUTS } from '../doubles/environment.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { effectsOf, fixture, fixtureNames } from '../fixtures/index.ts';
import { idOf, stateChanged, transactionAdded } from './notifications.ts';
import { functionForTest } from './support.ts';

const takerOf = (name: string) =>
  handlers.find((handler) => takes(handler, parseNotification({ content: { payload: fixture(name) } })))?.name;
const withSettings = (settings: object) => functionForTest({ KLAVIYO_SYNC_SETTINGS: JSON.stringify(settings) });
const [, , completed] = seeded('order');
if (!completed) throw new Error('The seed lacks orders');

describe('a handler that is disabled', () => {
  test.each(HANDLER_NAMES)('%s acknowledges its messages as ignored, even malformed ones', async (name) => {
    const examples = fixtureNames().filter((fixtureName) => takerOf(fixtureName) === name);
    const { push, klaviyo, log } = await withSettings({ handlers: { disabled: [name] } });

    for (const example of examples) expect(await push(fixture(example))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
    expect(log.map(({ outcome }) => outcome)).toEqual(examples.map(() => 'ignored'));
    expect(await push(fixture(name === 'category' ? 'CustomerCreated' : 'CategoryCreated'))).toBe(204);
    expect(klaviyo.requests.length).toBeGreaterThan(0);
  });

  test('may be each of them', async () => {
    const { push, klaviyo } = await withSettings({ handlers: { disabled: HANDLER_NAMES } });

    for (const name of fixtureNames()) expect(await push(fixture(name))).toBe(204);
    expect(klaviyo.requests).toEqual([]);
  });
});

test('metrics have the names of the settings', async () => {
  const names = Object.keys(settingsSchema.parse({}).metrics);
  const { push, klaviyo } = await withSettings({
    checkouts: CHECKOUTS,
    reviews: { events: true },
    metrics: Object.fromEntries(names.map((name) => [name, `My ${name}`])),
  });

  for (const name of fixtureNames().filter(effectsOf)) await push(fixture(name));
  const metrics = new Set(klaviyo.state.events.map(({ metric }) => metric));
  expect([...metrics].sort()).toEqual(names.map((name) => `My ${name}`).sort());
});

test('states mean what the settings say', async () => {
  const orders = { placedStates: ['Complete'], fulfilledStates: ['Confirmed'], cancelledStates: ['Complete'] };
  const { push, klaviyo } = await withSettings({ orders: { ...orders, refundedStates: ['Pending'] } });
  const transaction = fixture('PaymentTransactionAdded.PendingRefund').transaction;

  await push(fixture('OrderCreated'));
  expect(klaviyo.requests).toEqual([]);
  await push(stateChanged(completed.id, 'Confirmed'));
  await push(stateChanged(completed.id, 'Complete'));
  await push(transactionAdded(idOf('9a400000', 1), Object(transaction)));
  expect(klaviyo.state.events.map(({ metric }) => metric)).toEqual([
    'Fulfilled Order',
    'Cancelled Order',
    'Refunded Order',
  ]);
});

test('only the messages of the settings place an order', async () => {
  const { push, klaviyo } = await withSettings({ orders: { placedOn: ['OrderImported'] } });

  for (const name of ['OrderCreated', 'OrderCustomerSet']) expect(await push(fixture(name))).toBe(204);
  expect(klaviyo.requests).toEqual([]);
  await push(fixture('OrderImported'));
  expect(klaviyo.eventsOf('Placed Order')).toHaveLength(1);
});

test('properties and custom fields of orders are included, excluded and renamed', async () => {
  const properties = { include: ['orderNumber', 'country'], map: { country: 'Market' } };
  const customFields = { exclude: ['giftMessage'], map: { floor: 'Floor' } };
  const { push, klaviyo } = await withSettings({ orders: { properties, customFields, brandAttribute: 'size' } });

  await push(fixture('OrderCustomerSet'));
  const [placed] = klaviyo.eventsOf('Placed Order');
  expect(Object.keys(placed?.properties ?? {}).sort()).toEqual([
    ...['Brands', 'Categories', 'Floor', 'ItemNames', 'Items', 'Market', 'OrderId'],
    ...['campaigns', 'giftWrap', 'note', 'orderNumber', 'signatureRequired'],
  ]);
  expect(placed?.properties).toMatchObject({ Floor: 0, Market: 'DE', Brands: ['29'] });
});
