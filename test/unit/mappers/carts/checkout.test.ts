import { describe, expect, it } from 'vitest';
import { type Cart, cartSchema } from '../../../../shared/commercetools/resources/cart.ts';
import { toStartedCheckout } from '../../../../shared/mappers/carts/checkout.ts';
import { type Fields, lineItem, money } from '../../factories.ts';
import { settings } from '../../support.ts';

const cart = (fields: Fields = {}): Cart =>
  cartSchema.parse({
    id: 'cart-1',
    lastModifiedAt: '2026-05-25T09:44:10.532Z',
    customerEmail: 'lena@example.org',
    totalPrice: money(9998),
    lineItems: [lineItem()],
    ...fields,
  });

const URL_TEMPLATE = 'https://shop.example.org/{{locale}}/{{storeKey}}/checkout/{{cartId}}';
const NEVER = Number.NEGATIVE_INFINITY;

function eventOf(fields: Fields = {}, urlTemplate = URL_TEMPLATE, historyEnds = NEVER) {
  const context = {
    settings: settings({ locale: 'en-GB', checkouts: { urlTemplate } }),
    breadcrumbs: new Map([['product-1', ['Women', 'Women > Pants']]]),
    discountCodes: [],
    historyEnds,
  };
  return toStartedCheckout(cart(fields), { email: 'lena@example.org' }, context).event;
}

describe('Started Checkout', () => {
  it('tells what templates and segments read of a cart', () => {
    expect(eventOf({ locale: 'de-DE', country: 'DE', store: { key: 'munich' } })).toEqual({
      metric: 'Started Checkout',
      profile: { email: 'lena@example.org' },
      uniqueId: 'cart-1:2026-05-25',
      time: '2026-05-25T09:44:10.532Z',
      value: 99.98,
      valueCurrency: 'EUR',
      properties: {
        CartId: 'cart-1',
        CheckoutURL: 'https://shop.example.org/de-DE/munich/checkout/cart-1',
        ItemNames: ['Jeans'],
        Categories: ['Women', 'Women > Pants'],
        Brands: [],
        Items: [
          expect.objectContaining({
            ProductID: 'product-1',
            SKU: 'SKU-1',
            Quantity: 2,
            ItemPrice: 49.99,
            RowTotal: 99.98,
          }),
        ],
        ItemCount: 2,
        Currency: 'EUR',
        Country: 'DE',
        Locale: 'de-DE',
        StoreKey: 'munich',
        CustomerType: 'guest',
      },
    });
  });

  it('names custom line items, which are no products', () => {
    const { properties } = eventOf({ customLineItems: [{ name: { 'en-GB': 'Engraving' } }] });
    expect(properties).toMatchObject({ ItemNames: ['Jeans', 'Engraving'], ItemCount: 2 });
  });

  it('has the value of a currency without minor units', () => {
    expect(eventOf({ totalPrice: money(5460, 'JPY', 0) })).toMatchObject({ value: 5460, valueCurrency: 'JPY' });
  });

  it.each([
    ['2026-05-25T23:59:59.999Z', 'cart-1:2026-05-25'],
    ['2026-05-26T00:00:00.000Z', 'cart-1:2026-05-26'],
    ['2026-05-26T01:30:00.000+02:00', 'cart-1:2026-05-25'],
    ['2026-03-29T02:30:00.000+01:00', 'cart-1:2026-03-29'],
  ])('is one for a day in UTC: left at %s', (lastModifiedAt, uniqueId) => {
    expect(eventOf({ lastModifiedAt })).toMatchObject({ uniqueId });
  });

  it.each([
    ['store', {}],
    ['locale and store', { locale: undefined }],
  ])('has no CheckoutURL if the template names what the cart lacks: %s', (_, fields) => {
    expect(eventOf(fields).properties.CheckoutURL).toBeUndefined();
  });

  it('has the locale of the settings in its CheckoutURL when the cart has none', () => {
    const { properties } = eventOf({}, 'https://shop.example.org/{{locale}}/{{cartId}}');
    expect(properties).toMatchObject({ CheckoutURL: 'https://shop.example.org/en-GB/cart-1' });
  });

  it('is history when it happened before', () => {
    const left = Date.parse('2026-05-25T09:44:10.532Z');
    expect(eventOf({}, URL_TEMPLATE, left)).not.toHaveProperty('backfill');
    expect(eventOf({}, URL_TEMPLATE, left + 1)).toMatchObject({ backfill: true });
  });

  it('is a customer’s for a customer’s cart', () => {
    expect(eventOf({ customerId: 'customer-1' }).properties).toMatchObject({ CustomerType: 'customer' });
  });

  it('tells nothing else of the cart, nor of the person', () => {
    const text = JSON.stringify(
      eventOf({ billingAddress: { city: 'Ort' }, shippingAddress: { city: 'Ort' }, custom: {} }),
    );
    expect(text).not.toContain('Ort');
  });
});
