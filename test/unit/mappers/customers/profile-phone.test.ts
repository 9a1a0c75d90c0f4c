import { describe, expect, it } from 'vitest';
import { toProfile } from '../../../../shared/mappers/customers/profile.ts';
import { customer, type Fields } from '../../factories.ts';
import { settings } from '../../support.ts';

const EMPTIED = { fields: ['phoneNumber'] } as const;

describe('the phone number', () => {
  const phoneOf = (address: Fields) =>
    toProfile(customer({ addresses: [{ country: 'DE', ...address }] }), settings(), EMPTIED).profile.phoneNumber;

  it('is the mobile one before the other', () => {
    expect(phoneOf({ mobile: '0171 39200 15', phone: '030 23125 104' })).toBe('+491713920015');
  });

  it('is the other one when there is no mobile', () => {
    expect(phoneOf({ phone: '030 23125 104' })).toBe('+493023125104');
  });

  it('is the other one when the mobile is no number', () => {
    expect(phoneOf({ mobile: 'ask', phone: '030 23125 104' })).toBe('+493023125104');
  });

  it('is read with the country of its address', () => {
    expect(phoneOf({ country: 'AT', phone: '0512 5360' })).toBe('+435125360');
  });

  it('is cleared when the address has none', () => {
    expect(phoneOf({ mobile: '', phone: '' })).toBeNull();
  });

  it('is not sent when it cannot be one, so that Klaviyo keeps what it has', () => {
    expect(phoneOf({ phone: 'ask at the desk' })).toBeUndefined();
  });
});
