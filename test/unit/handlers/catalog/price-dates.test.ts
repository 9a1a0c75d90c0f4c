import type { StandalonePrice } from '@commercetools/platform-sdk';
import { describe, expect, it } from 'vitest';
import { idOf, ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification } from '../../support.ts';

const local = localShop();
const TICK = 'Tick.standalone-price';
const on = { prices: { currency: 'EUR', country: 'DE', watchDates: true } };
const plan = (fields: Fields = {}, given: Fields = on) => local.plan(notification(TICK, fields), given);
const stove = { kind: 'upsertItem', ifChanged: true, item: { id: ids.product(6), price: 64.9 } };

/** Changes the price of the shop that has dates. */
async function change(fields: Partial<StandalonePrice>) {
  const price = (await local.shop.get('standalone-price', ids.price(5))) ?? expect.unreachable();
  await local.shop.put('standalone-price', { ...price, ...fields });
}

describe('a tick of Standalone prices', () => {
  it('is the item of the product whose price ends, where it differs, with the price of now', async () => {
    expect(await plan()).toMatchObject([stove]);
  });

  it.each([
    ['begins', { validFrom: '2026-05-25T09:55:00.000Z', validUntil: undefined }, 54.9],
    ['begins at the very end of the window', { validFrom: '2026-05-25T10:00:00.000Z', validUntil: undefined }, 54.9],
    ['begins and ends', { validFrom: '2026-05-25T09:58:00.000Z' }, 64.9],
  ])('finds a price that %s', async (_, fields, price) => {
    await change(fields);
    expect(await plan()).toMatchObject([{ ...stove, item: { price } }]);
  });

  it.each([
    ['that ended before', { validUntil: '2026-05-25T09:50:00.000Z' }],
    ['that ends later', { validUntil: '2026-05-25T10:00:00.001Z' }],
    ['without dates', { validFrom: undefined, validUntil: undefined }],
    ['that is not active', { active: false }],
    ['of a customer group', { customerGroup: { typeId: 'customer-group', id: 'vip' } }],
  ] as const)('finds no price %s', async (_, fields) => {
    await change(fields);
    expect(await plan()).toEqual([]);
  });

  it('finds the prices of a hundred SKUs of one product, and plans its item once for each page of them', async () => {
    const price = (await local.shop.get('standalone-price', ids.price(5))) ?? expect.unreachable();
    for (let number = 0; number < 99; number++)
      await local.shop.put('standalone-price', { ...price, id: idOf('57a9d001', number) });
    expect(await plan()).toMatchObject([stove, stove]);
  });

  it('asks for nothing where the product is not published', async () => {
    await local.shop.unpublish(ids.product(6));
    expect(await plan()).toEqual([]);
  });

  it('asks for nothing, and reads nothing, unless the settings say so', async () => {
    expect(await plan({}, {})).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('finds the products of a Modular Catalog', async () => {
    const product = (await local.shop.get('product', ids.product(6))) ?? expect.unreachable();
    const { masterVariant, ...current } = product.masterData.current;
    const masterData = { ...product.masterData, current: { ...current, variants: [masterVariant] } };
    await local.shop.put('product', Object.assign(product, { masterData }));
    expect(await plan({}, { ...on, catalog: { model: 'modular' } })).toMatchObject([stove]);
  });

  it('asks for nothing where no variant of a Modular Catalog has the SKU', async () => {
    await local.shop.unpublish(ids.product(6));
    expect(await plan({}, { ...on, catalog: { model: 'modular' } })).toEqual([]);
  });
});
