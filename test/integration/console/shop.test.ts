import { describe, expect, it } from 'vitest';
import type { CatalogView, ProfileDetail, ProfilePage, ShopOrder, ShopView } from '../../../tools/console/api.ts';
import { ids } from '../../fixtures/ids.ts';
import { consoleForAll, told } from './support.ts';

const { act, api, ask, world } = consoleForAll();

const LENA = ids.customer(1);

const profileOf = async (email: string): Promise<ProfileDetail | undefined> => {
  const { profiles } = await api<ProfilePage>('GET', `/api/klaviyo/profiles?search=${encodeURIComponent(email)}`);
  const [one] = profiles.filter((profile) => profile.email === email);
  return one && api<ProfileDetail>('GET', `/api/klaviyo/profiles/${one.id}`);
};
const metricsOf = async (email: string, orderNumber: string): Promise<string[]> => {
  const { timeline = [] } = (await profileOf(email)) ?? {};
  return timeline.filter(({ properties }) => properties.OrderId === orderNumber).map(({ metric }) => metric);
};
const shopNow = () => api<ShopView>('GET', '/api/shop');
const orderNow = async (id = ''): Promise<ShopOrder> => {
  const order = (await shopNow()).orders.find((one) => one.id === id);
  if (!order) throw new Error(`There is no order ${id}`);
  return order;
};
const itemOf = async (id: string) =>
  (await api<CatalogView>('GET', '/api/klaviyo/catalog')).items.find((one) => one.id === id);

describe('a customer', () => {
  it('signs up, says yes and no to the newsletter, changes, and is erased', async () => {
    const email = 'ada.test@example.org';
    const signedUp = await act('sign-up', { firstName: 'Ada', lastName: 'Test', email, newsletter: true });
    expect(told(signedUp)).toEqual(['CustomerCreated synced', 'ResourceCreated ignored']);
    expect(await profileOf(email)).toMatchObject({
      profile: { name: 'Ada Test', externalId: signedUp.id, city: 'Berlin', consent: 'SUBSCRIBED' },
      lists: ['NEWS'],
    });

    const customerId = signedUp.id ?? '';
    const said = await act('edit-customer', {
      customerId,
      newsletter: false,
      lastName: 'Text',
      phone: '030 23125 104',
    });
    expect(told(said)).toEqual([
      ...['CustomerLastNameSet synced', 'CustomerAddressChanged synced'],
      ...['CustomerCustomFieldChanged synced', 'ResourceUpdated synced'],
    ]);
    expect(await profileOf(email)).toMatchObject({ profile: { name: 'Ada Text' }, phone: '+493023125104', lists: [] });

    const gone = await act('delete-customer', { customerId, erasure: true });
    expect(told(gone)).toEqual(['ResourceDeleted synced']);
    expect(await profileOf(email)).toBeUndefined();
  });

  it('says yes for the first time without having been asked before', async () => {
    const { rows } = await act('edit-customer', { customerId: LENA, newsletter: true });
    expect(rows.map(({ type }) => type)).toEqual(['CustomerCustomTypeSet', 'ResourceUpdated']);
    expect((await profileOf('lena.brandt@example.org'))?.profile.consent).toBe('SUBSCRIBED');
  });

  it('is put into a group and out of it, and what is emptied is empty in Klaviyo', async () => {
    const { id: customerId = '' } = await act('sign-up', {
      firstName: 'Bo',
      lastName: 'Vide',
      email: 'bo@example.org',
    });
    const joined = await act('edit-customer', { customerId, group: 'club' });
    expect(told(joined)).toEqual(['CustomerGroupSet synced', 'ResourceUpdated synced']);
    expect(await profileOf('bo@example.org')).toMatchObject({ properties: { CustomerGroup: 'Summit Club' } });
    expect((await shopNow()).customers.find(({ id }) => id === customerId)).toMatchObject({ group: 'club' });

    await act('edit-customer', { customerId, group: null, lastName: null });
    const left = await profileOf('bo@example.org');
    expect(left?.profile.name).toBe('Bo');
    expect(left?.properties).toMatchObject({ CustomerGroup: null });
    expect(await ask('POST', '/api/shop/edit-customer', { customerId, group: 'none' })).toMatchObject({
      ...{ status: 404, body: { where: 'group' } },
    });
  });

  it('cannot have the e-mail address of another', async () => {
    const answer = await ask('POST', '/api/shop/sign-up', { email: 'LENA.brandt@example.org' });
    expect(answer).toMatchObject({ status: 409, body: { where: 'email' } });
  });
});

describe('an order', () => {
  it('is placed, shipped in parts, delivered, sent back and refunded', async () => {
    const lines = [{ sku: 'JEANS-IND-27', quantity: 2 }, { sku: 'STORM-MOSS-S' }];
    const placed = await act('place-order', { customerId: LENA, lines });
    expect(told(placed)).toEqual(['PaymentCreated ignored', 'OrderCreated synced']);
    const orderId = placed.id ?? '';
    const { orderNumber, email, total, lines: bought, actions } = await orderNow(orderId);
    expect(actions).toEqual(['ship', 'complete', 'cancel', 'refund']);
    const [jeans, jacket] = bought;

    const first = await act('ship', { orderId, lines: [{ lineId: jeans?.id ?? '', quantity: 1 }] });
    expect(told(first)).toEqual([
      ...['DeliveryAdded synced', 'ParcelAddedToDelivery synced', 'OrderShipmentStateChanged ignored'],
    ]);
    await act('ship', { orderId, carrier: 'UPS', trackingId: '1Z1' });
    expect(await orderNow(orderId)).toMatchObject({ shipmentState: 'Shipped', parcels: [{}, { carrier: 'UPS' }] });
    await act('deliver', { orderId });
    await act('return', { orderId, lineId: jacket?.id });
    await act('receive-return', { orderId });
    await act('refund', { orderId, amount: 10.5 });
    await act('complete', { orderId });
    const rest = await act('refund', { orderId });

    expect(rest.said).toContain(String(total - 10.5));
    expect((await orderNow(orderId)).actions).toEqual(['return']);
    expect((await metricsOf(email, orderNumber)).sort()).toEqual([
      ...['Confirmed Shipment', 'Confirmed Shipment', 'Delivered Shipment', 'Fulfilled Order'],
      ...['Fulfilled Partial Order', 'Ordered Product', 'Ordered Product', 'Placed Order', 'Received Return'],
      ...['Refunded Order', 'Refunded Order', 'Requested Return'],
    ]);
  });

  it('of a guest is cancelled', async () => {
    const { id = '' } = await act('place-order', { email: 'mila.guest@example.org', lines: [{ sku: 'GAS-100' }] });
    const { orderNumber } = await orderNow(id);
    expect(told(await act('cancel', { orderId: id }))).toEqual(['OrderStateChanged synced']);
    expect((await metricsOf('mila.guest@example.org', orderNumber)).sort()).toEqual([
      ...['Cancelled Order', 'Ordered Product', 'Placed Order'],
    ]);
    expect((await ask('POST', '/api/shop/cancel', { orderId: id })).status).toBe(409);
    expect((await ask('POST', '/api/shop/ship', { orderId: id })).status).toBe(409);
  });

  it('that nobody describes is of something for sale, and a refund or a return beyond the order is refused', async () => {
    const { id: orderId = '', rows } = await act('place-order', {});
    expect(rows.at(-1)).toMatchObject({ type: 'OrderCreated', outcome: 'synced', cause: 'place-order' });
    const { total } = await orderNow(orderId);
    expect(await ask('POST', '/api/shop/refund', { orderId, amount: total + 0.01 })).toMatchObject({ status: 409 });
    expect(await ask('POST', '/api/shop/return', { orderId })).toMatchObject({ status: 409 });
    expect(await ask('POST', '/api/shop/deliver', { orderId })).toMatchObject({ status: 409 });
    const odd = { lines: [{ sku: 'NO-SUCH' }] };
    expect(await ask('POST', '/api/shop/place-order', odd)).toMatchObject({ status: 409, body: { where: 'lines' } });
  });

  it('of the seed can be refunded, although nobody paid it here', async () => {
    const { rows } = await act('refund', { orderId: ids.order(1), amount: 5 });
    expect(rows.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      ...['PaymentCreated ignored', 'PaymentTransactionAdded synced'],
    ]);
  });

  it('tells the discount code that was typed', async () => {
    const [code = ''] = (await shopNow()).codes;
    const { id } = await act('place-order', { customerId: LENA, code });
    expect(await orderNow(id)).toMatchObject({ codes: [code] });
    const { timeline = [] } = (await profileOf('lena.brandt@example.org')) ?? {};
    const { orderNumber } = await orderNow(id);
    const placed = timeline.find(
      ({ metric, properties }) => metric === 'Placed Order' && properties.OrderId === orderNumber,
    );
    expect(JSON.stringify(placed?.properties)).toContain(JSON.stringify(code));
    expect(await ask('POST', '/api/shop/place-order', { code: 'NO-SUCH' })).toMatchObject({ status: 404 });
  });

  it('that is left in a cart becomes a started checkout', async () => {
    const cart = await act('leave-cart', { customerId: LENA, lines: [{ sku: 'TOUR-30-SAND' }] });
    expect(told(cart)).toEqual(['Tick synced']);
    const { timeline = [] } = (await profileOf('lena.brandt@example.org')) ?? {};
    expect(timeline.find(({ properties }) => properties.CartId === cart.id)?.metric).toBe('Started Checkout');
  });
});

describe('a product', () => {
  it('is published, priced, stocked, reviewed, hidden and deleted', async () => {
    const productId = ids.product(5);
    expect(told(await act('publish-product', { productId }))).toEqual([
      'ProductPublished synced',
      'ResourceUpdated synced',
    ]);
    await act('change-price', { sku: 'RIDGE-SAND-M', price: 42.5 });
    await act('change-stock', { sku: 'RIDGE-SAND-M', quantity: 7 });
    const reviewed = await act('review', { productId, customerId: LENA, rating: 4, text: 'Fine.' });
    expect(told(reviewed)).toEqual(['ReviewCreated synced']);

    const item = await itemOf(productId);
    expect(item).toMatchObject({ isPublished: true, metadata: { rating: 4, review_count: 1 } });
    expect(item?.variants.find(({ sku }) => sku === 'RIDGE-SAND-M')).toMatchObject({ price: 42.5, stock: 7 });

    await act('unpublish-product', { productId });
    expect(await itemOf(productId)).toMatchObject({ isPublished: false });
    await act('delete-product', { productId });
    expect(await itemOf(productId)).toBeUndefined();
  });

  it('that somebody reviews becomes an event of that customer, whoever it is', async () => {
    await act('review', { productId: ids.product(1), rating: 5 });
    expect(world().klaviyo.eventsOf('Submitted Review').length).toBeGreaterThan(0);
  });

  it('with prices of its own is priced by them', async () => {
    const productId = ids.product(6);
    await act('publish-product', { productId });
    const priced = await act('change-price', { sku: 'EMBER-STOVE', price: 33 });
    expect(priced.rows).toMatchObject([{ resourceType: 'standalone-price', outcome: 'synced' }]);
    expect((await itemOf(productId))?.variants).toMatchObject([{ price: 33 }]);
    const { products } = await shopNow();
    expect(products.find(({ id }) => id === productId)?.variants).toMatchObject([{ price: 33, currency: 'EUR' }]);
  });
});

it('everything is told of as after an import, and taken back', async () => {
  await act('publish-all', {});
  const { items, categories } = await api<CatalogView>('GET', '/api/klaviyo/catalog');
  expect(items.length).toBeGreaterThan(3);
  expect(categories.map(({ name }) => name)).toContain('Women > Jackets');
  expect(items.find(({ id }) => id === ids.product(2))?.categories).toContain('Women > Jackets > Rain Jackets');

  await act('reset', {});
  const [shop, catalog, page] = await Promise.all([
    shopNow(),
    api<CatalogView>('GET', '/api/klaviyo/catalog'),
    api<ProfilePage>('GET', '/api/klaviyo/profiles'),
  ]);
  expect(shop.totals).toEqual({ customers: 5, products: 6, orders: 10 });
  expect([catalog.items, page.total, (await api<{ total: number }>('GET', '/api/flow')).total]).toEqual([[], 0, 0]);
});

it('lists as many profiles as the page asks for', async () => {
  expect((await ask('GET', '/api/klaviyo/profiles?limit=10000')).status).toBe(200);
});

it('there is no button of another name, and none takes what it does not know', async () => {
  expect(await ask('POST', '/api/shop/toString', {})).toMatchObject({ status: 404 });
  expect(await ask('POST', '/api/shop/ship', { orderId: 7 })).toMatchObject({
    status: 400,
    body: { where: 'orderId' },
  });
  expect(await ask('POST', '/api/shop/sign-up', { name: 'x' })).toMatchObject({ status: 400 });
});
