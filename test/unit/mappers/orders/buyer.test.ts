import { describe, expect, it } from 'vitest';
import { aboutBuyer, toProfileReference } from '../../../../shared/mappers/orders/buyer.ts';
import { order } from '../../factories.ts';

describe('whose event it is', () => {
  it.each([
    [{}, { email: 'lena@example.org', externalId: 'customer-1' }],
    [{ customerId: undefined }, { email: 'lena@example.org' }],
    [{ customerEmail: undefined }, { externalId: 'customer-1' }],
    [{ customerEmail: '' }, { externalId: 'customer-1' }],
    [{ customerEmail: undefined, customerId: undefined }, undefined],
  ])('an order with %j belongs to %j', (fields, expected) => {
    expect(toProfileReference(order(fields))).toEqual(expected);
  });
});

describe('aboutBuyer', () => {
  const billingAddress = { country: 'DE', firstName: 'Noor', lastName: 'Gast', city: 'Köln', phone: '0221 4710 999' };
  const location = { address1: null, address2: null, city: 'Köln', region: null, zip: null, country: 'DE' };

  it('gives a guest a location and a name, never a phone', () => {
    const buyer = aboutBuyer(order({ billingAddress, customerId: undefined }));
    expect(buyer).toEqual({ firstName: 'Noor', lastName: 'Gast', location });
  });

  it('gives a customer a location only', () => {
    expect(aboutBuyer(order({ billingAddress }))).toEqual({ location });
  });

  it('tells nothing without a billing address', () => {
    expect(aboutBuyer(order({ customerId: undefined }))).toEqual({});
  });
});
