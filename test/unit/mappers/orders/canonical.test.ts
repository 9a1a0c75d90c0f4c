import { describe, expect, it } from 'vitest';
import { toAddresses, toCanonical } from '../../../../shared/mappers/orders/canonical.ts';
import { type Fields, lineItem, money, order } from '../../factories.ts';

const of = (fields: Fields, codes: string[] = []) => toCanonical(order(fields), codes);
const off = (cents: number, currency = 'EUR', digits = 2) => ({ discountedAmount: money(cents, currency, digits) });
const perPiece = (quantity: number, ...cents: number[]) => ({
  quantity,
  discountedPrice: { value: money(1), includedDiscounts: cents.map((amount) => off(amount)) },
});
const shippingOf = (cents: number, more: Fields = {}) => ({ price: money(cents), ...more });

describe('the canonical properties of an order', () => {
  it('tell currency, country, locale, store, origin and kind of customer', () => {
    const fields = { country: 'DE', locale: 'de-DE', origin: 'Customer', store: { typeId: 'store', key: 'berlin' } };
    expect(of(fields)).toMatchObject({
      ...{ Currency: 'EUR', Country: 'DE', Locale: 'de-DE', StoreKey: 'berlin', Origin: 'Customer' },
      CustomerType: 'customer',
    });
    expect(of({ customerId: undefined }).CustomerType).toBe('guest');
  });

  it.each([
    ['the order', { country: 'DE', shippingAddress: { country: 'AT' } }, 'DE'],
    ['the shipping address', { shippingAddress: { country: 'AT' }, billingAddress: { country: 'CH' } }, 'AT'],
    ['the one shipping address of several shipments', { shipping: [{ shippingAddress: { country: 'AT' } }] }, 'AT'],
    ['the billing address', { billingAddress: { country: 'CH' } }, 'CH'],
  ])('have the country of %s', (_, fields, country) => {
    expect(of(fields).Country).toBe(country);
  });

  it.each([
    ['by its recurring order', { recurringOrder: { typeId: 'recurring-order', id: 'weekly' } }, 'weekly'],
    ['by its origin', { origin: 'RecurringOrder' }, undefined],
  ])('tell a renewal apart, %s', (_, fields, id) => {
    expect(of(fields)).toMatchObject({ IsRecurring: true, RecurringOrderId: id });
  });

  it('say nothing of renewals for any other order', () => {
    expect(of({})).not.toHaveProperty('IsRecurring');
  });

  it('have the discount codes, and the first one', () => {
    expect(of({}, ['SPRING', 'VIP'])).toMatchObject({ DiscountCodes: ['SPRING', 'VIP'], DiscountCode: 'SPRING' });
    expect(of({})).toMatchObject({ DiscountCodes: [], DiscountCode: undefined });
  });

  it('add up what discounts took off lines, shipping and total, and no more', () => {
    const fields = {
      lineItems: [lineItem({ discountedPricePerQuantity: [perPiece(2, 10, 20), perPiece(1, 5)] })],
      customLineItems: [
        {
          id: 'wrap',
          name: { en: 'Wrap' },
          quantity: 1,
          totalPrice: money(300),
          discountedPricePerQuantity: [perPiece(1, 100)],
        },
      ],
      shippingInfo: shippingOf(490, { discountedPrice: { value: money(0), includedDiscounts: [off(490)] } }),
      discountOnTotalPrice: off(1000),
    };
    expect(of(fields)).toMatchObject({ DiscountValue: 16.55, ShippingValue: 0 });
    expect(of({})).toMatchObject({ DiscountValue: 0, ShippingValue: 0 });
  });

  it('have no floating point dust, and whole yen', () => {
    const shipping = [{ shippingInfo: shippingOf(10) }, { shippingInfo: shippingOf(20) }];
    expect(of({ shipping }).ShippingValue).toBe(0.3);
    expect(of({ totalPrice: money(500, 'JPY', 0), discountOnTotalPrice: off(120, 'JPY', 0) }).DiscountValue).toBe(120);
  });

  it.each([
    ['the total tax', { totalNet: money(100), totalGross: money(119), totalTax: money(19) }, 0.19],
    ['gross less net', { totalNet: money(100), totalGross: money(119) }, 0.19],
  ])('have %s', (_, taxedPrice, tax) => {
    expect(of({ taxedPrice }).TaxValue).toBe(tax);
    expect(of({}).TaxValue).toBeUndefined();
  });
});

describe('the addresses of an order', () => {
  it('are in Klaviyo’s shape', () => {
    const shippingAddress = {
      ...{ firstName: 'Lena', lastName: 'Brandt', streetName: 'Allee', streetNumber: '7', additionalStreetInfo: 'Hof' },
      ...{ city: 'Berlin', state: 'BE', country: 'DE', postalCode: '10115', phone: '030 1', mobile: '0171 1' },
    };
    expect(toAddresses(order({ shippingAddress }))).toEqual({
      BillingAddress: undefined,
      ShippingAddress: {
        ...{ FirstName: 'Lena', LastName: 'Brandt', Address1: '7, Allee', Address2: 'Hof', City: 'Berlin' },
        ...{ RegionCode: 'BE', CountryCode: 'DE', Zip: '10115', Phone: '0171 1' },
      },
    });
  });

  it('leave out where several shipments go', () => {
    const shipping = ['AT', 'CH'].map((country) => ({ shippingAddress: { country } }));
    expect(toAddresses(order({ shipping })).ShippingAddress).toBeUndefined();
  });
});
