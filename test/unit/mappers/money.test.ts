import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { majorUnits } from '../../../shared/mappers/money.ts';
import { money } from '../factories.ts';

describe('majorUnits', () => {
  it('turns cents into euros', () => {
    expect(majorUnits(money(41380))).toBe(413.8);
  });

  it('leaves JPY as it is, which has no minor unit', () => {
    expect(majorUnits(money(54600, 'JPY', 0))).toBe(54600);
  });

  it('takes preciseAmount of a highPrecision amount', () => {
    const amount = { ...money(246, 'EUR', 4), type: 'highPrecision', preciseAmount: 24575 };
    expect(majorUnits(amount)).toBe(2.4575);
  });

  it.each([
    ['EUR', 12.34],
    ['JPY', 1234],
    ['KWD', 1.234],
  ])('knows the digits of %s when they are not given', (currencyCode, expected) => {
    expect(majorUnits({ type: undefined, currencyCode, centAmount: 1234 })).toBe(expected);
  });

  it('keeps 0 and negative amounts', () => {
    expect([majorUnits(money(0)), majorUnits(money(-1250))]).toEqual([0, -12.5]);
  });

  it('is the number that a person would write, for every amount and number of digits', () => {
    const cents = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
    fc.assert(
      fc.property(cents, fc.integer({ min: 0, max: 6 }), (centAmount, digits) => {
        const amount = majorUnits(money(centAmount, 'EUR', digits));
        expect(amount).toBe(Number(`${centAmount}e-${digits}`));
        expect(Math.round(amount * 10 ** digits) + 0).toBe(centAmount);
      }),
    );
  });

  it('is an integer for every amount in JPY, with and without its digits', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (centAmount) => {
        expect(majorUnits(money(centAmount, 'JPY', 0))).toBe(centAmount);
        expect(majorUnits({ type: undefined, currencyCode: 'JPY', centAmount })).toBe(centAmount);
      }),
    );
  });
});
