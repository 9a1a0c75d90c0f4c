import { describe, expect, it } from 'vitest';
import { aboutBuyer } from '../../../../shared/mappers/orders/buyer.ts';
import { order } from '../../factories.ts';

describe('aboutBuyer', () => {
  const billingAddress = { country: 'DE', firstName: 'Noor', lastName: 'Gast', city: 'Köln', phone: '0221 4710 999' };
  const location = { city: 'Köln', country: 'DE' };

  it('gives a guest a name and the parts of the address that are there, never a phone', () => {
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
