import { beforeEach, describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import {
  categoryCreated,
  categoryUpdated,
  created,
  customerSet,
  placed,
  published,
  unpublished,
  updated,
} from '../integration/notifications.ts';
import { deleted } from './changes.ts';
import { worldForAll } from './world.ts';

const { shop, klaviyo, anotherProcess } = await worldForAll();
let [deliver, meanwhile] = [anotherProcess(), anotherProcess()];
beforeEach(async () => {
  [deliver, meanwhile] = [anotherProcess(), anotherProcess()];
  klaviyo.reset();
  await shop.reset();
});

const jacket = seeded('product')[1] ?? expect.unreachable();
const lena = seeded('customer')[0] ?? expect.unreachable();
const [women, pants] = seeded('category');
if (!women || !pants) throw new Error('The seed lacks categories');

/** Lets something happen after commercetools was read at a path for the first time, before the answer arrives. */
function afterReading(path: string, happen: () => Promise<void>): void {
  const read = Promise.withResolvers<void>();
  const effect = { kind: 'held', onApplied: read.resolve, until: read.promise.then(happen) } as const;
  shop.faults.add({ match: (request) => request.path.includes(path), effect });
}

// Found by the properties of order-and-staleness.test.ts; here each stands alone.
describe('what goes while an older state of it is being written does not come back', () => {
  test('a product that is unpublished', async () => {
    afterReading('/product-projections', async () => {
      await shop.unpublish(jacket.id);
      await meanwhile(unpublished(jacket.id, jacket.version + 1));
    });
    await deliver(published(jacket.id));

    expect(klaviyo.item(jacket.id)?.published ?? false).toBe(false);
  });

  test('a product that is unpublished between two attempts at a message', async () => {
    const isVariant = ({ path }: { path: string }) => path.startsWith('/api/catalog-variants');
    klaviyo.faults.add({ match: isVariant, times: Infinity, effect: { kind: 'status', status: 400 } });
    afterReading('/product-projections', async () => {
      await shop.unpublish(jacket.id);
      await meanwhile(unpublished(jacket.id, jacket.version + 1));
    });
    await expect(deliver(published(jacket.id))).rejects.toThrow();
    klaviyo.faults.clear();
    await deliver(published(jacket.id));

    expect(klaviyo.item(jacket.id)?.published ?? false).toBe(false);
  });

  test('a product that is deleted', async () => {
    afterReading('/product-projections', async () => {
      await shop.remove('product', jacket.id);
      await meanwhile(deleted('product', jacket.id));
    });
    await deliver(published(jacket.id));

    expect(klaviyo.item(jacket.id)).toBeUndefined();
  });

  test('a category that is deleted', async () => {
    afterReading(`/categories/${pants.id}`, async () => {
      await shop.remove('category', pants.id);
      await meanwhile(deleted('category', pants.id));
    });
    await deliver(categoryCreated(pants.id));

    expect(klaviyo.category(pants.id)).toBeUndefined();
  });

  test('a category that is deleted while one above it is renamed', async () => {
    afterReading('/categories?', async () => {
      await shop.remove('category', pants.id);
      await meanwhile(deleted('category', pants.id));
    });
    await deliver(categoryUpdated(women.id));

    expect(klaviyo.category(pants.id)).toBeUndefined();
  });

  test('what a customer told before', async () => {
    const { firstName, title, companyName, addresses, ...rest } = lena;
    const address = { id: rest.defaultBillingAddressId, country: 'DE', city: 'Ulm' };
    await shop.put('customer', { ...lena, custom: { type: { typeId: 'type', id: 'type-1' }, fields: { points: 7 } } });
    afterReading(`/customers/${lena.id}`, async () => {
      await shop.put('customer', { ...rest, addresses: [address] });
      await meanwhile(customerSet('CustomerFirstNameSet', lena, {}));
      await meanwhile(customerSet('CustomerTitleSet', lena, {}));
      await meanwhile(customerSet('CustomerCompanyNameSet', lena, {}));
      await meanwhile(customerSet('CustomerCustomFieldRemoved', lena, { name: 'points' }));
      await meanwhile(customerSet('CustomerAddressChanged', lena, { address }));
    });
    await deliver(updated(lena));

    expect(klaviyo.profileByEmail(lena.email)).toMatchObject({
      ...{ first_name: null, last_name: lena.lastName, title: null, organization: null, phone_number: null },
      location: { address1: null, address2: null, city: 'Ulm', region: null, zip: null, country: 'DE' },
      properties: { points: null },
    });
  });
});

describe('what a customer tells is not overwritten by an order that was read before', () => {
  const [order, guestOrder] = [seeded('order')[0], seeded('order').find(({ customerId }) => !customerId)];
  if (!order || !guestOrder) throw new Error('The seed lacks orders');

  test('the first address of a customer', async () => {
    await shop.put('customer', { ...lena, addresses: [], defaultBillingAddressId: undefined, billingAddressIds: [] });
    await meanwhile(updated(lena));
    afterReading(`/customers/${lena.id}`, async () => {
      await shop.put('customer', {
        ...lena,
        addresses: [{ id: 'new', country: 'AT', city: 'Linz', postalCode: '4020' }],
      });
      await meanwhile(updated(lena));
    });
    await deliver(placed(order));

    expect(klaviyo.profileByEmail(lena.email)?.location).toMatchObject({ city: 'Linz', zip: '4020', country: 'AT' });
    expect(klaviyo.eventsOf('Placed Order')).toHaveLength(1);
  });

  test('the name and the address of a guest who signs up', async () => {
    afterReading('/product-projections', () => meanwhile(created(lena)));
    await deliver(placed({ ...guestOrder, customerEmail: lena.email }));

    expect(klaviyo.profileByEmail(lena.email)).toMatchObject({
      ...{ external_id: lena.id, first_name: 'Lena', last_name: 'Brandt' },
      location: { address1: '3, 7a, Beispielallee', city: 'München', zip: '80331' },
    });
    expect(klaviyo.eventsOf('Placed Order')).toHaveLength(1);
  });
});
