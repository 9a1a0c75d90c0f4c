import type { Price, TypedMoney } from '@commercetools/platform-sdk';
import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { published } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const sync = await functionForAll();

const [jeans, jacket, backpack, gas, , stove] = seeded('product');
if (!jeans || !jacket || !backpack || !gas || !stove) throw new Error('The seed lacks products');

const euros = (centAmount: number): TypedMoney => ({
  ...{ type: 'centPrecision', currencyCode: 'EUR', centAmount, fractionDigits: 2 },
});
const price = (id: string, centAmount: number, more: Partial<Price> = {}): Price => ({
  id,
  value: euros(centAmount),
  ...more,
});

/** The item's price after the only prices of the backpack are these. */
async function priceOf({ shop, push, klaviyo }: typeof sync, prices: Price[]): Promise<unknown> {
  if (!backpack) throw new Error('The seed lacks a product');
  const { masterVariant } = backpack.masterData.current;
  const current = { ...backpack.masterData.current, masterVariant: { ...masterVariant, prices } };
  await shop.put('product', { ...backpack, masterData: { ...backpack.masterData, current } });
  expect(await push(published(backpack.id))).toBe(204);
  expect(klaviyo.variant('TOUR-30-SAND')?.price).toBe(klaviyo.item(backpack.id)?.price);
  return klaviyo.item(backpack.id)?.price;
}

const group = { customerGroup: { typeId: 'customer-group', id: 'g1' } } as const;
const channel = { channel: { typeId: 'channel', id: 'c4a00000-0000-4000-8000-000000000001' } } as const;
const discounted = { value: euros(500), discount: { typeId: 'product-discount', id: 'd1' } } as const;

describe('the price of a variant', () => {
  test.each([
    ['of a customer group never wins over the public one', jeans.id, 'JEANS-IND-28', 99.95],
    ['is the discounted one', jeans.id, 'JEANS-IND-27', 79.95],
    ['is not one of a channel, nor one that has expired', jacket.id, 'STORM-MOSS-S', 249],
    ['of high precision is right to the last digit', gas.id, 'GAS-100', 2.4575],
    ['is a standalone one where the product has those', stove.id, 'EMBER-STOVE', 64.9],
    ['is one for every country where the country has none', backpack.id, 'TOUR-30-SAND', 119.95],
  ])('%s', async (_, id, sku, expected) => {
    expect(await sync.push(published(id))).toBe(204);
    expect(sync.klaviyo.variant(sku)?.price).toBe(expected);
  });

  test('is of the currency, the country and the channel of the settings', async () => {
    const prices = { currency: 'EUR', country: 'DE', channel: channel.channel.id };
    const own = await functionForTest({ KLAVIYO_SYNC_SETTINGS: JSON.stringify({ prices }) });
    await own.push(published(jacket.id));
    expect(own.klaviyo.variant('STORM-MOSS-S')?.price).toBe(229);
  });

  test('in yen has no minor unit', async () => {
    const own = await functionForTest({
      PREFERRED_CURRENCY: 'JPY',
      KLAVIYO_SYNC_SETTINGS: '{"prices":{"country":"JP"}}',
    });
    await own.push(published(jacket.id));
    expect(own.klaviyo.item(jacket.id)?.price).toBe(38000);
  });
});

describe('without a selected price it is the first public one of now', () => {
  test('of the currency, whatever its country', async () => {
    const usd = { value: { ...euros(1), currencyCode: 'USD' }, country: 'US' };
    const prices = [
      price('1', 1, usd),
      price('2', 900, { country: 'FR', discounted }),
      price('3', 800, { country: 'IT' }),
    ];
    expect(await priceOf(sync, prices)).toBe(5);
  });

  test('or 0 when there is none', async () => {
    expect(await priceOf(sync, [price('1', 100, group), price('2', 200, { ...channel })])).toBe(0);
  });

  test('and of any currency when none is set', async () => {
    const own = await functionForTest({ PREFERRED_CURRENCY: undefined, KLAVIYO_SYNC_SETTINGS: undefined });
    const expired = { validUntil: '2020-01-01T00:00:00.000Z' };
    const future = { validFrom: '2100-01-01T00:00:00.000Z' };
    const prices = [price('1', 100, expired), price('2', 200, future), price('3', 300, group), price('4', 400)];
    expect(await priceOf(own, prices)).toBe(4);
  });
});

test('the metadata tells texts by locale and prices by currency and country, each as JSON', async () => {
  await sync.push(published(jeans.id));
  const metadata = sync.klaviyo.item(jeans.id)?.custom_metadata ?? {};
  const read = (name: string) => JSON.parse(String(metadata[name]));

  expect(read('title_json')).toEqual({ 'title_en-GB': 'Straight Jeans Indigo', 'title_de-DE': 'Gerade Jeans Indigo' });
  expect(read('slug_json')).toEqual({ 'slug_en-GB': 'straight-jeans-indigo', 'slug_de-DE': 'gerade-jeans-indigo' });
  expect(read('price_json')).toMatchObject({
    ...{ price_EUR: 109, price_GBP: 89, price_USD: 119, price_JPY: 15800 },
    ...{ price_DE: 79.95, price_AT: 104.95, price_FR: 109, price_GB: 89, price_US: 119, price_JP: 15800 },
  });
  expect(read('currency_json')).toMatchObject({ currency_DE: 'EUR', currency_FR: 'EUR', currency_JP: 'JPY' });
});

describe('Standalone prices', () => {
  test('are told in the metadata as far as one was selected', async () => {
    await sync.push(published(stove.id));
    const { price_json, currency_json } = sync.klaviyo.item(stove.id)?.custom_metadata ?? {};
    expect(JSON.parse(String(price_json))).toEqual({ price_EUR: 64.9, price_DE: 64.9 });
    expect(JSON.parse(String(currency_json))).toEqual({ currency_DE: 'EUR' });
    expect(sync.log).toMatchObject([{ outcome: 'synced' }]);
    expect(sync.log[0]).not.toHaveProperty('warnings');
  });

  test('need a currency: without one they cost a warning', async () => {
    const own = await functionForTest({ PREFERRED_CURRENCY: undefined, KLAVIYO_SYNC_SETTINGS: undefined });
    expect(await own.push(published(stove.id))).toBe(204);
    await own.push(published(jeans.id));
    expect(own.log).toMatchObject([{ warnings: [expect.stringContaining('PREFERRED_CURRENCY')] }, {}]);
    expect(own.log[1]).not.toHaveProperty('warnings');
  });
});

test('texts are in the preferred locale, its language, or the first', async () => {
  const german = await functionForTest({ PREFERRED_LOCALE: 'de-DE', PRODUCT_URL_TEMPLATE: undefined });
  await german.push(published(jeans.id));
  expect(german.klaviyo.item(jeans.id)).toMatchObject({ title: 'Gerade Jeans Indigo', url: 'None' });

  const french = await functionForTest({ PREFERRED_LOCALE: 'fr-FR' });
  await french.push(published(jeans.id));
  expect(french.klaviyo.item(jeans.id)).toMatchObject({ title: 'Straight Jeans Indigo' });
});
