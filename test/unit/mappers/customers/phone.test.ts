import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { describe, expect, it } from 'vitest';
import { toE164 } from '../../../../shared/mappers/customers/phone.ts';

describe('toE164', () => {
  it.each([
    ['0171 39200 15', 'DE', '+491713920015'],
    ['030 23125 104', 'DE', '+493023125104'],
    ['+49 (0)30 23125-104', 'US', '+493023125104'],
    ['+44 20 7946 0958', undefined, '+442079460958'],
  ])('reads %s of %s as %s', (phone, country, expected) => {
    expect(toE164(phone, country)).toBe(expected);
  });

  it.each([
    ['ask at the desk', 'GB'],
    ['', 'DE'],
    ['0171', 'DE'],
    ['0171 39200 15', undefined],
    ['0171 39200 15', 'XX'],
    ['+49 1', 'DE'],
  ])('refuses %j of %s', (phone, country) => {
    expect(toE164(phone, country)).toBeUndefined();
  });

  it('gives a valid number in E.164 or nothing, and never throws, whatever it is given', () => {
    const digits = fc.stringMatching(/^[+0-9 ()/-]{0,20}$/);
    const country = fc.option(fc.oneof(fc.constantFrom('DE', 'US', 'GB', 'JP', 'de', 'XX'), fc.string()), {
      nil: undefined,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), country, (phone, region) => {
        const number = toE164(phone, region);
        if (number === undefined) return;
        expect(number).toMatch(/^\+[1-9]\d{4,14}$/);
        expect(parsePhoneNumberFromString(number)?.isValid()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
