import type { Category, Customer, Product, Review } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import { landmarkConsents } from './landmark-consents.ts';
import { GROUP, LANDMARKS } from './landmark-ids.ts';
import { landmarkOrder } from './landmark-order.ts';
import { landmarkShipment } from './landmark-shipment.ts';
import { change, message, messageWithoutPayload } from './notifications.ts';
import { euros } from './order-facts.ts';
import { firstSeeded } from './seeded.ts';
import type { ShopState } from './state.ts';

/**
 * Things that are not made up, but written down by hand, as is what has to become of them; so a mistake of the mappers, by
 * which everything else is judged, is found as well.
 */
export function landmarks(state: ShopState): Change[] {
  return [
    ...[...categories(state), ...product(state), ...customer(state)],
    ...[...landmarkOrder(state), ...landmarkShipment(state), ...review(state), ...landmarkConsents(state)],
  ];
}

function categories(state: ShopState): Change[] {
  const seed = firstSeeded('category');
  const reference = { typeId: 'category' as const, id: LANDMARKS.women };
  const women: Category = { ...seed, id: LANDMARKS.women, version: 1, name: { 'de-DE': 'Damen', 'en-GB': 'Women' } };
  const trousers: Category = {
    ...seed,
    ...{ id: LANDMARKS.pants, version: 1, parent: reference, ancestors: [reference] },
    name: { 'de-DE': 'Hosen', 'en-GB': 'Trousers' },
  };
  const pants: Category = { ...trousers, version: 2, name: { 'de-DE': 'Hosen', 'en-GB': 'Pants' } };
  state.categories.set(women.id, women).set(pants.id, pants);
  return [
    { kind: 'category', payload: message('CategoryCreated', 'category', women, { category: women }) },
    { kind: 'category', payload: message('CategoryCreated', 'category', trousers, { category: trousers }) },
    { kind: 'category', payload: change('Updated', 'category', pants) },
  ];
}

function product(state: ShopState): Change[] {
  const variant = (id: number, centAmount: number) => ({
    id,
    sku: `LANDMARK-${id}`,
    prices: [{ id: `price-${id}`, value: euros(centAmount) }],
    images: id === 1 ? [{ url: 'https://images.example.org/landmark.jpg', dimensions: { w: 1, h: 1 } }] : [],
    attributes: [{ name: 'brand', value: 'Grat' }],
  });
  const current = {
    name: { 'de-DE': 'Gerade Jeans', 'en-GB': 'Straight Jeans' },
    slug: { 'en-GB': 'straight jeans' },
    categories: [{ typeId: 'category' as const, id: LANDMARKS.pants }],
    masterVariant: variant(1, 4995),
    variants: [variant(2, 5995)],
    searchKeywords: {},
    attributes: [],
  };
  const masterData = { published: true, hasStagedChanges: false, current, staged: current };
  const reviewRatingStatistics = {
    ...{ averageRating: 4.5, highestRating: 5, lowestRating: 4, count: 2 },
    ratingsDistribution: { '4': 1, '5': 1 },
  };
  const jeans: Product = {
    ...firstSeeded('product'),
    ...{ id: LANDMARKS.product, version: 4, key: 'landmark', masterData, reviewRatingStatistics },
  };
  const entry = { ...firstSeeded('inventory-entry'), id: LANDMARKS.product, version: 3, sku: 'LANDMARK-1' };
  state.products.set(jeans.id, jeans);
  state.inventory.set(entry.id, { ...entry, availableQuantity: 7, quantityOnStock: 9 });
  return [
    { kind: 'product', payload: message('ProductUnpublished', 'product', { ...jeans, version: 3 }, {}) },
    { kind: 'product', payload: messageWithoutPayload('ProductPublished', 'product', jeans) },
    { kind: 'inventory', payload: change('Updated', 'inventory-entry', entry, { sku: 'LANDMARK-1' }) },
  ];
}

function customer(state: ShopState): Change[] {
  const created: Customer = {
    ...firstSeeded('customer'),
    ...{
      id: LANDMARKS.customer,
      version: 1,
      email: 'xq.landmark@example.org',
      firstName: 'Lena-xq',
      lastName: 'Brandt-xq',
    },
    ...{
      title: undefined,
      companyName: undefined,
      locale: 'de-DE',
      billingAddressIds: [],
      defaultBillingAddressId: 'b',
    },
    addresses: [
      { id: 'a', country: 'AT', city: 'Wien-xq' },
      {
        id: 'b',
        country: 'DE',
        streetName: 'Allee-xq',
        streetNumber: '7a',
        postalCode: '80331',
        city: 'Ort-xq',
        phone: '030 2312599',
      },
    ],
    ...{ customerNumber: 'C-LANDMARK', dateOfBirth: '1984-02-29' },
    customerGroup: { typeId: 'customer-group', id: GROUP.id },
    custom: { type: { typeId: 'type', id: 'loyalty' }, fields: { points: 0, news: false } },
  };
  const moved: Customer = { ...created, version: 2, lastName: 'Avery-xq', companyName: 'Werk-xq' };
  state.customers.set(moved.id, moved);
  return [
    { kind: 'customer', payload: message('CustomerCreated', 'customer', created, { customer: created }) },
    { kind: 'customer', payload: change('Updated', 'customer', moved) },
  ];
}

function review(state: ShopState): Change[] {
  const written: Review = {
    ...firstSeeded('review'),
    ...{
      id: LANDMARKS.review,
      version: 1,
      createdAt: '2026-07-04T11:30:00.000Z',
      rating: 5,
      includedInStatistics: true,
    },
    customer: { typeId: 'customer', id: LANDMARKS.customer },
    target: { typeId: 'product', id: LANDMARKS.product },
  };
  state.reviews.set(written.id, written);
  return [
    { kind: 'review', payload: message('ReviewCreated', 'review', written, { review: written }, written.createdAt) },
    { kind: 'review', payload: messageWithoutPayload('ReviewStateTransition', 'review', written, written.createdAt) },
  ];
}
