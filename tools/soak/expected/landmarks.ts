import { lookups } from '../../../test/doubles/klaviyo/lookups.ts';
import type { State } from '../../../test/doubles/klaviyo/state.ts';
import type { Kind } from '../kinds.ts';
import { LANDMARKS } from '../shop/landmark-ids.ts';
import { differences, type Finding } from './finding.ts';
import { LANDMARK_SHIPMENTS } from './landmark-shipments.ts';

const idOf = (externalId: string) => `$custom:::$default:::${externalId}`;

/** What has to become of the landmarks, written down by hand and by no mapper. */
export function checkLandmarks(klaviyo: State): Finding[] {
  const { profileByEmail, category, item, variant } = lookups(klaviyo);
  const profile = profileByEmail('xq.landmark@example.org');
  const event = (metric: string, id: string) =>
    klaviyo.events.find((one) => one.metric === metric && one.unique_id === id);
  const placed = event('Placed Order', LANDMARKS.order);
  const ordered = event('Ordered Product', LANDMARKS.line);
  const fulfilled = event('Fulfilled Order', LANDMARKS.order);
  const refunded = event('Refunded Order', LANDMARKS.order);
  const reviews = klaviyo.events.filter(({ metric }) => metric === 'Submitted Review');
  const about = { value_currency: 'EUR', profile_id: profile?.id };

  const compare = (kind: Kind, name: string, actual: object | undefined, expected: object): Finding[] =>
    actual
      ? differences(`landmark ${name}`, actual, expected).map((text) => ({ kind, what: 'wrong', text }))
      : [{ kind, what: 'lost', text: `landmark ${name} is not there` }];

  return [
    ...compare('customer', 'profile', profile, PROFILE),
    ...compare('category', 'Women', category(LANDMARKS.women), { name: 'Women' }),
    ...compare('category', 'Pants', category(LANDMARKS.pants), { name: 'Women > Pants' }),
    ...compare('product', 'item', item(LANDMARKS.product), ITEM),
    ...compare('product', 'variant 1', variant('LANDMARK-1'), VARIANT),
    ...compare('inventory', 'stock', variant('LANDMARK-1'), { inventory_quantity: 7, inventory_policy: 1 }),
    ...compare('product', 'variant 2', variant('LANDMARK-2'), { ...VARIANT, ...SECOND }),
    ...compare('order-placed', 'Placed Order', placed, { ...about, time: '2026-07-01T08:00:00.000Z', value: 99.9 }),
    ...compare('order-placed', 'Placed Order', placed?.properties, { ...ORDER, orderState: 'Open' }),
    ...compare('order-placed', 'Ordered Product', ordered, { ...about, time: '2026-07-01T08:00:01.000Z', value: 99.9 }),
    ...compare('order-placed', 'Ordered Product', ordered?.properties, { OrderId: 'LANDMARK', ...LINE }),
    ...compare('order-state', 'Fulfilled Order', fulfilled, {
      ...about,
      time: '2026-07-02T09:00:00.000Z',
      value: 99.9,
    }),
    ...compare('order-state', 'Fulfilled Order', fulfilled?.properties, { ...ORDER, orderState: 'Complete' }),
    ...compare('refund', 'Refunded Order', refunded, { ...about, time: '2026-07-03T10:00:00.000Z', value: 10.5 }),
    ...compare('refund', 'Refunded Order', refunded?.properties, ORDER),
    ...LANDMARK_SHIPMENTS.flatMap(({ kind, metric, uniqueId, event: expected, properties }) => {
      const found = event(metric, uniqueId);
      return [
        ...compare(kind, metric, found, { ...about, ...expected }),
        ...compare(kind, metric, found?.properties, properties),
      ];
    }),
    ...compare('review', 'rating', item(LANDMARKS.product)?.custom_metadata, { rating: 4.5, review_count: 2 }),
    ...compare('review', 'Submitted Review', reviews[0], { ...REVIEWED, profile_id: profile?.id }),
    ...(reviews.length > 1 ? [{ kind: 'review', what: 'doubled', text: 'landmark Submitted Review' } as const] : []),
  ];
}

const PROFILE = {
  external_id: '1a000000-0000-4000-8000-000000000001',
  email: 'xq.landmark@example.org',
  first_name: 'Lena-xq',
  last_name: 'Avery-xq',
  organization: 'Werk-xq',
  title: null,
  locale: 'de-DE',
  phone_number: '+49302312599',
  location: {
    ...{ address1: '7a, Allee-xq', address2: null, city: 'Ort-xq', region: null, zip: '80331', country: 'DE' },
    ...{ latitude: null, longitude: null, timezone: null, ip: null },
  },
  properties: {
    ...{
      points: 0,
      news: false,
      CustomerNumber: 'C-LANDMARK',
      CustomerGroup: 'Guides-xq',
      CustomerGroups: ['Guides-xq'],
    },
    ...{
      EmailVerified: true,
      AccountCreated: '2026-04-01T08:15:30.250Z',
      Salutation: 'Frau',
      DateOfBirth: '1984-02-29',
    },
  },
};

const URL_OF_PRODUCT = 'https://shop.example.org/en-GB/straight%20jeans';
const IMAGE = 'https://images.example.org/landmark.jpg';

const ITEM = {
  ...{ title: 'Straight Jeans', description: '', url: URL_OF_PRODUCT, image_full_url: IMAGE, price: 49.95 },
  ...{ published: true, categories: [idOf(LANDMARKS.women), idOf(LANDMARKS.pants)] },
};

const VARIANT = { ...ITEM, sku: 'LANDMARK-1', item: idOf(LANDMARKS.product), categories: undefined };

const SECOND = { sku: 'LANDMARK-2', price: 59.95, image_full_url: null, inventory_quantity: 0, inventory_policy: 2 };

const REVIEWED = {
  ...{ unique_id: LANDMARKS.review, time: '2026-07-04T11:30:00.000Z', value: null, value_currency: null },
  properties: {
    ...{ ProductID: LANDMARKS.product, ProductName: 'Straight Jeans', ProductURL: URL_OF_PRODUCT, ImageURL: IMAGE },
    Rating: 5,
  },
};

const LINE = {
  ...{ ProductID: LANDMARKS.product, SKU: 'LANDMARK-1', ProductName: 'Straight Jeans', Quantity: 2 },
  ...{ ProductURL: URL_OF_PRODUCT, ImageURL: IMAGE },
};

const ORDER = {
  ...{ OrderId: 'LANDMARK', ItemNames: ['Straight Jeans'], Brands: ['Grat'], ItemCount: 2, CustomerType: 'customer' },
  ...{ Currency: 'EUR', Country: 'DE', Locale: 'de-DE', Origin: 'Customer', ShippingValue: 4.9, TaxValue: 66.07 },
  ...{ DiscountCodes: ['SPRING10'], DiscountCode: 'SPRING10', DiscountValue: 2.5 },
};
