import { describe, expect, test } from 'vitest';
import { inCloudEventsFormat } from '../doubles/delivery.ts';
import { fixture, fixtureNames } from '../fixtures/index.ts';
import { changesBetween, entriesOf, rememberCatalog } from './state.ts';
import { type FunctionUnderTest, functionForAll } from './support.ts';

const sync = await functionForAll({ SKIP_BASE64_ENCODING: 'true' });

const id = (prefix: string, number: number) => `${prefix}-0000-4000-8000-${String(number).padStart(12, '0')}`;
const customer = {
  lena: 'lena.brandt@example.org',
  jonas: 'jonas.brandt@example.org',
  ines: 'ines.moreau@example.org',
};
const category = (number: number) => `~ category ${id('ca700000', number)}`;
const jeans = ['27', '28', '29', '30', '31', '32'].map((size) => `~ variant JEANS-IND-${size}`);
const placed = (order: number, lineItems: number[], email: string) => [
  ...lineItems.map((number) => `+ Ordered Product ${id('11e00000', number)} of ${email}`),
  `+ Placed Order ${id('0de50000', order)} of ${email}`,
  `+ profile ${email}`,
];
const one = (metric: string, uniqueId: string, email: string) => [
  `+ ${metric} ${uniqueId} of ${email}`,
  `+ profile ${email}`,
];
const fulfilled = one('Fulfilled Order', id('0de50000', 3), customer.jonas);
const cancelled = one('Cancelled Order', id('0de50000', 4), "o'hara@example.org");
const refunded = (transaction: number) => one('Refunded Order', id('7a500000', transaction), customer.jonas);

/** What each notification does to an outdated catalog and an account without profiles. */
const EFFECTS: Record<string, string[]> = {
  CustomerCreated: [`+ profile ${customer.lena}`],
  'CustomerCreated.payloadNotIncluded': [`+ profile ${customer.lena}`],
  'ResourceUpdated.customer': [`+ profile ${customer.ines}`],
  OrderCreated: placed(1, [1, 2], customer.lena),
  'OrderCreated.payloadNotIncluded': placed(1, [1, 2], customer.lena),
  'CloudEvents.OrderCreated': placed(1, [1, 2], customer.lena),
  OrderImported: placed(2, [3, 4], 'jordan.avery@example.org'),
  'OrderImported.payloadNotIncluded': placed(2, [3, 4], 'jordan.avery@example.org'),
  OrderCustomerSet: placed(8, [12], customer.lena),
  'OrderCustomerSet.payloadNotIncluded': placed(8, [12], customer.lena),
  'OrderStateChanged.Complete': fulfilled,
  'OrderStateChanged.Complete.payloadNotIncluded': fulfilled,
  'OrderStateChanged.Cancelled': cancelled,
  'OrderStateChanged.Cancelled.payloadNotIncluded': cancelled,
  PaymentTransactionAdded: refunded(2),
  'PaymentTransactionAdded.payloadNotIncluded': refunded(2),
  PaymentTransactionStateChanged: refunded(6),
  'PaymentTransactionStateChanged.payloadNotIncluded': refunded(6),
  CategoryCreated: [category(3)],
  'CategoryCreated.payloadNotIncluded': [category(3)],
  'ResourceCreated.category': [category(6)],
  'ResourceUpdated.category': [category(2), category(3), category(4)],
  'ResourceDeleted.category': [`- category ${id('ca700000', 10)}`, `~ item ${id('d0d00000', 6)}`],
  ProductPublished: [`~ item ${id('d0d00000', 1)}`, ...jeans],
  'ProductPublished.payloadNotIncluded': [`~ item ${id('d0d00000', 1)}`, ...jeans],
  ProductUnpublished: [`~ item ${id('d0d00000', 5)}`],
  'ResourceDeleted.product': [`- item ${id('d0d00000', 3)}`, '- variant TOUR-30-SAND'],
  'ResourceCreated.inventory-entry': ['~ variant TOUR-30-SAND'],
  'ResourceUpdated.inventory-entry': ['~ variant JEANS-IND-27'],
  'ResourceUpdated.inventory-entry.channel': ['~ variant JEANS-IND-29'],
  'ResourceDeleted.inventory-entry': ['~ variant STORM-MOSS-S'],
};

const IGNORED = [
  'CustomerEmailVerified',
  'Event',
  'OrderStateChanged.Open',
  'PaymentTransactionAdded.Charge',
  'PaymentTransactionAdded.PendingRefund',
  'ResourceCreated.customer',
  'ResourceCreated.product',
  'ResourceCreated.subscription',
  'ResourceUpdated.order',
  'ResourceUpdated.product',
];

/** Every product in Klaviyo, unpublished ones too, and nothing about them up to date. */
async function createOutdatedCatalog({ shop, klaviyo, push }: FunctionUnderTest): Promise<() => void> {
  klaviyo.reset();
  await shop.publish(id('d0d00000', 5));
  for (const number of [1, 2, 3, 4, 5, 6]) {
    await push({ ...fixture('ProductPublished'), resource: { typeId: 'product', id: id('d0d00000', number) } });
  }
  for (const one of klaviyo.state.categories.values()) one.name = 'outdated';
  for (const item of klaviyo.state.items.values()) item.title = 'outdated';
  for (const variant of klaviyo.state.variants.values()) Object.assign(variant, { inventory_quantity: -1, price: -1 });
  const restore = rememberCatalog(klaviyo.state);
  await shop.reset();
  return restore;
}

const restore = await createOutdatedCatalog(sync);

test('every fixture is in one of the tables', () => {
  expect([...Object.keys(EFFECTS), ...IGNORED].sort()).toEqual(fixtureNames().sort());
});

describe('with the same result however it is delivered', () => {
  test.each(Object.entries(EFFECTS))('%s', async (name, effects) => {
    restore();
    const notification = fixture(name);
    const before = entriesOf(sync.klaviyo.state);
    const ways = {
      push: () => sync.push(notification),
      'push to /': () => sync.push(notification, { path: '/' }),
      eventarc: () => sync.eventarc(notification),
      'CloudEvents format': () => sync.push(inCloudEventsFormat(notification)),
      posted: () => sync.post(notification),
      'posted in CloudEvents format': () => sync.post(inCloudEventsFormat(notification)),
    };
    const results = new Set<string>();

    for (const deliver of Object.values(ways)) {
      sync.klaviyo.reset();
      restore();
      expect(await deliver()).toBe(204);
      const after = entriesOf(sync.klaviyo.state);
      expect(changesBetween(before, after)).toEqual([...effects].sort());
      results.add(JSON.stringify([...after].sort()));
    }
    expect(results).toHaveLength(1);
  });
});

describe('acknowledged without a call to Klaviyo', () => {
  test.each(IGNORED)('%s', async (name) => {
    expect(await sync.push(fixture(name))).toBe(204);
    expect(await sync.eventarc(fixture(name))).toBe(204);
    expect(sync.klaviyo.requests).toEqual([]);
    expect(sync.log).toMatchObject([{ outcome: 'ignored', severity: 'INFO' }, { outcome: 'ignored' }]);
  });
});
