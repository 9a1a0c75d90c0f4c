import { describe, expect, it } from 'vitest';
import { catalogPrice } from '../../../../shared/mappers/catalog/price.ts';
import { type Fields, money, price, variant } from '../../factories.ts';
import { settings } from '../../support.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const EUR = { currency: 'EUR' };
const priceOf = (fields: Fields, prices: Fields = EUR) => catalogPrice(variant(fields), settings({ prices }), NOW);
const listed = (...prices: Fields[]) => priceOf({ prices });

describe('catalogPrice', () => {
  it('is the price that commercetools selected', () => {
    expect(priceOf({ price: price(9995), prices: [price(100)] })).toBe(99.95);
  });

  it.each([
    ['the selected price', { price: price(9995, 'EUR', { discounted: { value: money(7995) } }) }],
    ['a listed price', { prices: [price(9995, 'EUR', { discounted: { value: money(7995) } })] }],
  ])('is the discounted value of %s', (_, fields) => {
    expect(priceOf(fields)).toBe(79.95);
  });

  it('is 0 when it is free', () => {
    expect(priceOf({ price: price(0), prices: [price(100)] })).toBe(0);
  });

  it('is the first listed price in the currency when nothing was selected, whatever its country', () => {
    expect(listed(price(100, 'GBP'), price(200, 'EUR', { country: 'AT' }), price(300))).toBe(2);
  });

  it('is the first listed price when no currency is set', () => {
    expect(priceOf({ prices: [price(100, 'GBP'), price(200)] }, {})).toBe(1);
  });

  it.each([
    ['of a customer group', { customerGroup: { id: 'vip' } }],
    ['of a channel', { channel: { id: 'berlin' } }],
    ['of a recurrence policy', { recurrencePolicy: { id: 'monthly' } }],
    ['that ended', { validUntil: '2026-06-01T12:00:00Z' }],
    ['that has not begun', { validFrom: '2026-06-01T12:00:01Z' }],
  ])('is never a price %s', (_, fields) => {
    expect(listed(price(100, 'EUR', fields), price(200))).toBe(2);
  });

  it('may be a price that is valid for a time, now', () => {
    const now = { validFrom: '2026-06-01T12:00:00Z', validUntil: '2026-06-01T12:00:01Z' };
    expect(listed(price(100, 'EUR', now), price(200))).toBe(1);
  });

  it('is 0 when there is none', () => {
    expect([listed(), listed(price(100, 'GBP'))]).toEqual([0, 0]);
  });

  it('has no minor unit in JPY', () => {
    expect(priceOf({ prices: [{ value: money(15800, 'JPY', 0) }] }, { currency: 'JPY' })).toBe(15800);
  });
});
