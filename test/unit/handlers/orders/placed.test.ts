import { describe, expect, it } from 'vitest';
import { ids } from '../../../fixtures/ids.ts';
import { fixture } from '../../../fixtures/index.ts';
import type { Fields } from '../../factories.ts';
import { eventsOf, localShop, notification } from '../../support.ts';

const local = localShop();
const orderNamed = ids.order;
const about = (number: number): Fields => ({ resource: { typeId: 'order', id: orderNamed(number) } });
const eventsOfOrder = async (number: number, given?: Fields) =>
  eventsOf(await local.plan(notification('OrderCreated.payloadNotIncluded', about(number)), given));

const JEANS = ['Women', 'Women > Pants', 'Women > Pants > Jeans'];
const JACKETS = ['Women', 'Women > Jackets', 'Women > Jackets > Rain Jackets'];

describe('an order', () => {
  it('is one Placed Order and one Ordered Product a line item', async () => {
    const [placed, ...ordered] = eventsOf(await local.plan(notification('OrderCreated')));
    const profile = { externalId: 'c0500000-0000-4000-8000-000000000001' };
    expect(placed).toEqual({
      metric: 'Placed Order',
      profile,
      uniqueId: orderNamed(1),
      time: '2026-05-04T18:21:07.512Z',
      value: 413.8,
      valueCurrency: 'EUR',
      properties: expect.objectContaining({
        OrderId: '2026-1001',
        ItemNames: ['Straight Jeans Indigo', 'Storm Rain Jacket'],
        Categories: [...JEANS, 'Women > Jackets', 'Women > Jackets > Rain Jackets'],
        Brands: ['Nordhang'],
        Items: [
          {
            ProductID: 'd0d00000-0000-4000-8000-000000000001',
            SKU: 'JEANS-IND-27',
            ProductName: 'Straight Jeans Indigo',
            Quantity: 2,
            ItemPrice: 79.95,
            RowTotal: 159.9,
            ProductURL: 'https://shop.example.org/en-GB/straight-jeans-indigo',
            ImageURL: 'https://images.example.org/shop/jeans-indigo-front.jpg',
            Categories: JEANS,
            Brand: 'Nordhang',
          },
          expect.objectContaining({ SKU: 'STORM-MOSS-S', ItemPrice: 249, RowTotal: 249, Categories: JACKETS }),
        ],
        orderState: 'Open',
        country: 'DE',
      }),
    });
    expect(ordered).toMatchObject([
      {
        metric: 'Ordered Product',
        profile,
        uniqueId: '11e00000-0000-4000-8000-000000000001',
        time: '2026-05-04T18:21:08.512Z',
        value: 159.9,
        valueCurrency: 'EUR',
        properties: { OrderId: '2026-1001', ProductName: 'Straight Jeans Indigo', Quantity: 2, Categories: JEANS },
      },
      { uniqueId: '11e00000-0000-4000-8000-000000000002', value: 249, properties: { SKU: 'STORM-MOSS-S' } },
    ]);
    expect(ordered[0]?.profile).toEqual(profile);
  });

  it.each(['OrderCreated', 'OrderImported', 'OrderCustomerSet'])('%s is the same without its payload', async (name) => {
    const whole = await local.plan(notification(name));
    expect(whole).not.toEqual([]);
    expect(await local.plan(notification(`${name}.payloadNotIncluded`))).toEqual(whole);
  });

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

  it('is the same in the CloudEvents format', async () => {
    const plan = await local.plan(notification('CloudEvents.OrderCreated'));
    expect(plan).toEqual(await local.plan(notification('OrderCreated')));
  });

  it('that was imported is placed, with items that have no SKU or image', async () => {
    const [placed, first] = eventsOf(await local.plan(notification('OrderImported')));
    expect(placed).toMatchObject({ uniqueId: orderNamed(2), value: 578.9, valueCurrency: 'USD' });
    expect(first).toMatchObject({ value: 319, properties: { ProductName: 'Storm Rain Jacket' } });
  });

  it('that was given to a customer is placed again, under the same id', async () => {
    const [placed] = eventsOf(await local.plan(notification('OrderCustomerSet')));
    expect(placed).toMatchObject({
      uniqueId: orderNamed(8),
      time: '2026-05-13T10:30:00.000Z',
      value: 108.35,
      properties: {
        ItemNames: ['Straight Jeans Indigo', 'Gift wrapping'],
        giftMessage: 'Alles Gute!',
        signatureRequired: false,
        floor: 0,
        note: '',
      },
    });
  });

  it('of a guest tells the name and the place, never the phone', async () => {
    const [placed, ordered] = await eventsOfOrder(5);
    expect(placed?.profile).toEqual({
      email: 'noor.gast@example.org',
      firstName: 'Noor',
      lastName: 'Gast',
      location: { address1: '2, Probeweg', city: 'Köln', zip: '50667', country: 'DE' },
    });
    expect(placed?.properties.OrderId).toBe(orderNamed(5));
    expect(ordered?.profile).toEqual({ email: 'noor.gast@example.org' });
  });

  it('without a billing address is placed', async () => {
    const [placed] = await eventsOfOrder(6);
    expect(placed?.profile).toEqual({ externalId: 'c0500000-0000-4000-8000-000000000005' });
  });

  it('in parts of a cent has the precise price', async () => {
    const [placed] = await eventsOfOrder(6);
    expect(placed).toMatchObject({ value: 7.37, properties: { Items: [{ ItemPrice: 2.4575, RowTotal: 7.37 }] } });
  });

  it('in yen has no decimals', async () => {
    const values = (await eventsOfOrder(7)).map(({ value, valueCurrency }) => `${value} ${valueCurrency}`);
    expect(values).toEqual(['54600 JPY', '15800 JPY', '38000 JPY']);
  });

  it('keeps its events when a product and a category are gone, without their names', async () => {
    await local.shop.unpublish('d0d00000-0000-4000-8000-000000000002');
    await local.shop.remove('category', 'ca700000-0000-4000-8000-000000000003');
    const events = eventsOf(await local.plan(notification('OrderCreated')));
    expect(events.map(({ properties }) => properties.Categories)).toEqual([[], [], []]);
  });
});
