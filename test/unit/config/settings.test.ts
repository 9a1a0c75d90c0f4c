import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HANDLER_NAMES } from '../../../shared/config/settings/handlers.ts';
import { settingsSchema } from '../../../shared/config/settings.ts';
import { explain } from '../../../shared/validate.ts';
import { settings } from '../support.ts';

const problemsOf = (given: unknown) => {
  const { error } = settingsSchema.safeParse(given);
  return error ? explain(error) : [];
};

describe('settings', () => {
  it('have the defaults that the mapping promises', () => {
    expect(settings()).toMatchObject({
      handlers: { disabled: [] },
      stores: { withoutStore: true },
      customers: {
        linkByEmail: true,
        onDelete: 'erase-on-request',
        properties: { include: expect.not.arrayContaining(['VatId']), exclude: [], map: {} },
        customFields: { exclude: [], map: {} },
      },
      consent: { withinHours: 24 },
      orders: {
        placedOn: [
          ...['OrderCreated', 'OrderCreatedFromRecurringOrder', 'OrderImported'],
          ...['OrderCustomerSet', 'OrderCustomerEmailSet'],
        ],
        backfillAfterHours: 24,
        placedStates: ['Open', 'Confirmed'],
        fulfilledStates: ['Complete'],
        cancelledStates: ['Cancelled'],
        refundedStates: ['Success'],
      },
      metrics: {
        placedOrder: 'Placed Order',
        orderedProduct: 'Ordered Product',
        fulfilledOrder: 'Fulfilled Order',
        cancelledOrder: 'Cancelled Order',
        refundedOrder: 'Refunded Order',
        submittedReview: 'Submitted Review',
      },
      prices: {},
      catalog: { onUnpublish: 'hide' },
      reviews: { events: false, texts: false },
      limits: { attemptSeconds: 50, requestSeconds: 10 },
    });
  });

  it('are merged deeply with the defaults', () => {
    const given = settings({ metrics: { placedOrder: 'Bought' }, orders: { properties: { exclude: ['lineItems'] } } });
    expect(given.metrics).toEqual({ ...settings().metrics, placedOrder: 'Bought' });
    expect(given.orders).toEqual({ ...settings().orders, properties: { exclude: ['lineItems'], map: {} } });
  });

  it.each([
    ['color', { color: 1 }],
    ['placedOrders', { metrics: { placedOrders: 'x' } }],
    ['only', { orders: { properties: { only: [] } } }],
  ])('name the unknown key %s that they refuse', (key, given) => {
    expect(problemsOf(given).join()).toContain(key);
  });

  it('refuse an unknown handler, and name those there are', () => {
    expect(problemsOf({ handlers: { disabled: ['orders'] } })).toEqual([
      expect.stringMatching(/^handlers\.disabled\.0: .*order-placed/),
    ]);
    expect(problemsOf({ handlers: { disabled: HANDLER_NAMES } })).toEqual([]);
  });

  it.each([
    ['stores.withoutStore', { stores: { withoutStore: false } }],
    ['customers.onDelete', { customers: { onDelete: 'delete' } }],
    ['customers.properties.include.0', { customers: { properties: { include: ['Birthday'] } } }],
    ['customers.properties.exclude.0', { customers: { properties: { exclude: ['birthday'] } } }],
    ['customers.properties.map.Birthday', { customers: { properties: { map: { Birthday: 'Born' } } } }],
    ['customers.customFields.map', { customers: { customFields: { map: { group: 'CustomerGroup' } } } }],
    ['consent.email', { consent: { email: { list: 'L1' } } }],
    ['orders.placedOn.0', { orders: { placedOn: ['OrderCreate'] } }],
    ['orders.placedStates.0', { orders: { placedStates: ['open'] } }],
    ['orders.fulfilledStates.0', { orders: { fulfilledStates: ['Shipped'] } }],
    ['orders.cancelledStates.0', { orders: { cancelledStates: ['Canceled'] } }],
    ['orders.refundedStates.0', { orders: { refundedStates: ['success'] } }],
    ['orders.shippedStates.0', { orders: { shippedStates: ['Complete'] } }],
    ['orders.deliveredStates.0', { orders: { deliveredStates: ['delivered'] } }],
    ['orders.returnedStates.0', { orders: { returnedStates: ['Received'] } }],
    ['orders', { orders: { fulfilledStates: ['Cancelled'] } }],
    ['metrics', { metrics: { fulfilledOrder: 'Order Status', cancelledOrder: 'Order Status' } }],
  ])('refuse what would silently switch something off: %s', (name, given) => {
    expect(problemsOf(given)).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  });

  it.each([
    ['prices.currency', { prices: { currency: 'euro' } }],
    ['prices.country', { prices: { country: 'Germany' } }],
    ['reviews.texts', { reviews: { texts: true } }],
    ['catalog.onUnpublish', { catalog: { onUnpublish: 'remove' } }],
    ['limits.attemptSeconds', { limits: { attemptSeconds: 591 } }],
    ['limits.requestSeconds', { limits: { requestSeconds: 61, attemptSeconds: 90 } }],
    ['limits.requestSeconds', { limits: { attemptSeconds: 5, requestSeconds: 11 } }],
    ['metrics.placedOrder', { metrics: { placedOrder: '' } }],
    ['metrics.placedOrder', { metrics: { placedOrder: 'x'.repeat(128) } }],
    ['customers.linkByEmail', { customers: { linkByEmail: 'yes' } }],
    ['productUrlTemplate', { productUrlTemplate: 'https://shop.example.org/{{slug}}' }],
    ['productUrlTemplate', { productUrlTemplate: 'https://shop.example.org/{{ sku }}' }],
    ['productUrlTemplate', { productUrlTemplate: 'https://shop.example.org/{{sku' }],
    ['productUrlTemplate', { productUrlTemplate: 'https://shop.example.org/{sku}' }],
    ['productUrlTemplate', { productUrlTemplate: 'https://shop.example.org/{{sku}}}' }],
    ['productUrlTemplate', { productUrlTemplate: 'shop.example.org/{{sku}}' }],
    ['productUrlTemplate', { productUrlTemplate: 'ftp://shop.example.org/{{sku}}' }],
    ['productUrlTemplate', { productUrlTemplate: 'https://{{sku}}:port/' }],
    ['orders.trackingUrls.DHL', { orders: { trackingUrls: { DHL: 'https://dhl.example.org/{{sku}}' } } }],
    ['orders.trackingUrls.*', { orders: { trackingUrls: { '*': '{{trackingId}}' } } }],
    [
      'orders.trackingUrls',
      { orders: { trackingUrls: { DHL: 'https://a.example.org', dhl: 'https://b.example.org' } } },
    ],
    ['customers.customFields.map', { customers: { customFields: { map: { a: 'x', b: 'x' } } } }],
    ['customers.customFields.map', { customers: { customFields: { include: ['a', 'b'], map: { a: 'b' } } } }],
    ['orders.properties.map', { orders: { properties: { map: { note: 'Items' } } } }],
    ['orders.properties.map', { orders: { customFields: { map: { note: 'OrderId' } } } }],
    ['orders.properties.map', { orders: { customFields: { map: { tracking: 'TrackingNumber' } } } }],
    ['orders.properties.map', { orders: { properties: { map: { a: 'x' } }, customFields: { map: { b: 'x' } } } }],
  ])('refuse a wrong %s', (path, given) => {
    expect(problemsOf(given)).toEqual([expect.stringMatching(new RegExp(`^${RegExp.escape(path)}: `))]);
  });

  it.each([
    { productUrlTemplate: 'https://{{locale}}.example.org/{{productSlug}}?sku={{sku}}' },
    { metrics: { placedOrder: 'x'.repeat(127) } },
    { limits: { attemptSeconds: 5 } },
    {
      orders: {
        trackingUrls: {
          DHL: 'https://dhl.example.org/{{trackingId}}',
          '*': 'https://any.example.org/?o={{orderNumber}}',
        },
      },
    },
    { customers: { customFields: { include: ['a', 'b'], map: { a: 'b', b: 'a' } } } },
    { customers: { customFields: { map: { a: 'x', b: 'x' }, exclude: ['b'] } } },
    { customers: { customFields: { map: { a: 'Items' } } } },
  ])('take %j', (given) => {
    expect(problemsOf(given)).toEqual([]);
  });

  it('always refuse unknown keys, wherever they stand', () => {
    const paths = [
      [],
      ['handlers'],
      ['customers'],
      ['customers', 'customFields'],
      ['orders'],
      ['orders', 'properties'],
      ['orders', 'customFields'],
      ['metrics'],
      ['prices'],
      ['catalog'],
      ['reviews'],
      ['limits'],
    ];
    const unknown = fc.string().filter((key) => !JSON.stringify(settings({ locale: 'en' })).includes(`"${key}"`));
    const known = new Set([
      'locale',
      'productUrlTemplate',
      'include',
      'currency',
      'country',
      'channel',
      'inventoryChannel',
    ]);
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        unknown.filter((key) => !known.has(key)),
        fc.jsonValue(),
        (path, key, value) => {
          const place = path.reduceRight<object>(
            (inner, name) => ({ [name]: inner }),
            Object.fromEntries([[key, value]]),
          );
          expect(settingsSchema.safeParse(place).success).toBe(false);
        },
      ),
    );
  });
});
