import { describe, expect, it } from 'vitest';
import { customMetadata } from '../../../../shared/mappers/catalog/custom-metadata.ts';
import { type Fields, money, price, product, variant } from '../../factories.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const parsed = (fields: Fields): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(customMetadata(product(), variant(fields), NOW).customMetadata).map(([name, text]) => [
      name,
      JSON.parse(text),
    ]),
  );
const metadataOf = (...prices: Fields[]) => parsed({ prices });

describe('customMetadata', () => {
  it('is four JSON texts', () => {
    const { customMetadata: metadata, trimmed } = customMetadata(product(), variant(), NOW);
    expect(trimmed).toEqual([]);
    expect(metadata).toEqual({
      title_json: '{"title_en-GB":"Jeans","title_de-DE":"Hose"}',
      slug_json: '{"slug_en-GB":"jeans","slug_de-DE":"hose"}',
      price_json: '{}',
      currency_json: '{}',
    });
  });

  it('has the price of each currency and country', () => {
    const { price_json, currency_json } = metadataOf(
      price(9995, 'EUR', { country: 'DE' }),
      price(8900, 'GBP', { country: 'GB' }),
    );
    expect(price_json).toEqual({ price_EUR: 99.95, price_GBP: 89, price_DE: 99.95, price_GB: 89 });
    expect(currency_json).toEqual({ currency_DE: 'EUR', currency_GB: 'GBP' });
  });

  it('takes discounted values', () => {
    const { price_json } = metadataOf(price(9995, 'EUR', { country: 'DE', discounted: { value: money(7995) } }));
    expect(price_json).toEqual({ price_EUR: 79.95, price_DE: 79.95 });
  });

  it('counts a price without a country for every country that uses the currency', () => {
    const { price_json, currency_json } = metadataOf(price(10900));
    expect(price_json).toMatchObject({ price_EUR: 109, price_DE: 109, price_FR: 109, price_AT: 109 });
    expect(currency_json).toMatchObject({ currency_DE: 'EUR', currency_FR: 'EUR' });
    expect(price_json).not.toHaveProperty('price_GB');
  });

  it('prefers the price of a country to one without a country', () => {
    const { price_json } = metadataOf(price(10900), price(9995, 'EUR', { country: 'DE' }));
    expect(price_json).toMatchObject({ price_DE: 99.95, price_FR: 109, price_EUR: 109 });
  });

  it('keeps the price of a country in a foreign currency', () => {
    const { price_json, currency_json } = metadataOf(price(9900, 'EUR', { country: 'CH' }));
    expect([price_json?.price_CH, currency_json?.currency_CH]).toEqual([99, 'EUR']);
  });

  it('prefers the price of a country in its own currency', () => {
    const { price_json, currency_json } = metadataOf(
      price(9900, 'EUR', { country: 'CH' }),
      price(9500, 'CHF', { country: 'CH' }),
    );
    expect([price_json?.price_CH, currency_json?.currency_CH]).toEqual([95, 'CHF']);
  });

  it('has no price that not everybody pays now', () => {
    const { price_json } = metadataOf(
      price(1, 'EUR', { country: 'DE', customerGroup: { id: 'vip' } }),
      price(2, 'EUR', { country: 'DE', channel: { id: 'berlin' } }),
      price(3, 'EUR', { country: 'DE', validUntil: '2026-01-01T00:00:00Z' }),
    );
    expect(price_json).toEqual({});
  });

  it('has the selected price when none is listed, as of Standalone prices', () => {
    const { price_json, currency_json } = parsed({ price: price(6490, 'EUR', { country: 'DE' }) });
    expect([price_json, currency_json]).toEqual([{ price_EUR: 64.9, price_DE: 64.9 }, { currency_DE: 'EUR' }]);
  });

  it('has no selected price where prices are listed', () => {
    const { price_json } = parsed({ price: price(1), prices: [price(9995, 'EUR', { country: 'DE' })] });
    expect(price_json).toEqual({ price_EUR: 99.95, price_DE: 99.95 });
  });

  it('leaves out its largest texts, until the rest is what Klaviyo takes', () => {
    const locales = Array.from({ length: 1000 }, (_, number) => `en-x-${number}`);
    const inAll = (length: number) => Object.fromEntries(locales.map((locale) => [locale, 'ü'.repeat(length)]));
    const large = product({ name: inAll(60), slug: inAll(80) });
    const { customMetadata: metadata, trimmed } = customMetadata(large, variant({ prices: [price(100)] }), NOW);
    expect([trimmed, Object.keys(metadata)]).toEqual([
      ['slug_json', 'title_json'],
      ['price_json', 'currency_json'],
    ]);
  });
});
