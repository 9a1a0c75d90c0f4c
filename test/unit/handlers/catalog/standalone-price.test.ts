import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const priceOf = (name: string) => String(Object(notification(name)).resource.id);

describe('a Standalone price', () => {
  it.each(['ResourceCreated.standalone-price', 'ResourceUpdated.standalone-price', 'StandalonePriceDeleted'])(
    'with %s: the item of its product, where it differs',
    async (name) => {
      expect(await local.plan(notification(name))).toMatchObject([
        {
          kind: 'upsertItem',
          ifChanged: true,
          item: { id: ids.product(6), price: 64.9, variants: [{ id: 'EMBER-STOVE' }] },
        },
      ]);
    },
  );

  it('that was deleted is not read when the message tells its SKU', async () => {
    await local.shop.remove('standalone-price', priceOf('StandalonePriceDeleted'));
    expect(await local.plan(notification('StandalonePriceDeleted'))).toMatchObject([{ item: { id: ids.product(6) } }]);
    expect(local.shop.requests.filter(({ path }) => path.includes('/standalone-prices'))).toEqual([]);
  });

  it.each([
    ['ResourceUpdated.standalone-price', GoneError],
    ['StandalonePriceDeleted.payloadNotIncluded', InvalidMessageError],
  ])('of %s that is gone and whose SKU nobody tells is a %o', async (name, expected) => {
    await local.shop.remove('standalone-price', priceOf(name));
    expect(await rejectionOf(local.plan(notification(name)))).toBeInstanceOf(expected);
  });

  it('of a product that is not published asks for nothing', async () => {
    await local.shop.unpublish(ids.product(6));
    expect(await local.plan(notification('ResourceUpdated.standalone-price'))).toEqual([]);
  });

  it.each([
    ['unpublishItem', () => local.shop.unpublish(ids.product(6))],
    ['deleteItem', () => local.shop.remove('product', ids.product(6))],
  ])('whose product has gone since it was written is an %s', async (kind, go) => {
    const about = notification('ResourceUpdated.standalone-price');
    const previous = await local.plan(about);
    await go();
    expect(await local.plan(about, {}, { previous })).toContainEqual({ kind, id: ids.product(6) });
  });
});
