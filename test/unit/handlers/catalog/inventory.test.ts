import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError } from '../../../../shared/errors.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const id = (number: number) => `10500000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const CHANNEL = { catalog: { inventoryChannel: 'c4a00000-0000-4000-8000-000000000001' } };
const stock = (inventoryQuantity: number, inventoryPolicy = 1) => ({ inventoryQuantity, inventoryPolicy });
const about = (number: number) =>
  notification('ResourceUpdated.inventory-entry', { resource: { typeId: 'inventory-entry', id: id(number) } });

describe('stock that changed', () => {
  it.each([
    ['ResourceCreated.inventory-entry', 'TOUR-30-SAND', 3],
    ['ResourceUpdated.inventory-entry', 'JEANS-IND-27', 12],
  ])('is the available quantity as it is now: %s', async (name, variantId, quantity) => {
    expect(await local.plan(notification(name))).toEqual([{ kind: 'setInventory', variantId, stock: stock(quantity) }]);
  });

  it('of 0 is a quantity', async () => {
    expect(await local.plan(about(2))).toEqual([{ kind: 'setInventory', variantId: 'JEANS-IND-28', stock: stock(0) }]);
  });

  it('of a channel leaves the stock without a channel as it is', async () => {
    expect(await local.plan(notification('ResourceUpdated.inventory-entry.channel'))).toEqual([
      { kind: 'setInventory', variantId: 'JEANS-IND-29', stock: stock(5) },
    ]);
  });

  it('of a channel counts when there is no other stock', async () => {
    expect(await local.plan(about(5))).toEqual([{ kind: 'setInventory', variantId: 'JEANS-IND-30', stock: stock(9) }]);
  });

  it('of a channel is the sum of all channels', async () => {
    const entry = (await local.shop.get('inventory-entry', id(5))) ?? expect.unreachable();
    const supplyChannel = { typeId: 'channel', id: 'another' } as const;
    await local.shop.put('inventory-entry', { ...entry, id: id(99), availableQuantity: 4, supplyChannel });
    expect(await local.plan(about(5))).toEqual([{ kind: 'setInventory', variantId: 'JEANS-IND-30', stock: stock(13) }]);
  });

  it('of the channel that is set counts, 0 as well', async () => {
    expect(await local.plan(notification('ResourceUpdated.inventory-entry.channel'), CHANNEL)).toEqual([
      { kind: 'setInventory', variantId: 'JEANS-IND-29', stock: stock(0) },
    ]);
  });

  it('of another channel than the one that is set is ignored', async () => {
    expect(await local.plan(notification('ResourceUpdated.inventory-entry'), CHANNEL)).toEqual([]);
  });
});

describe('stock that was deleted', () => {
  it('leaves the variant untracked', async () => {
    await local.shop.remove('inventory-entry', id(7));
    expect(await local.plan(notification('ResourceDeleted.inventory-entry'))).toEqual([
      { kind: 'setInventory', variantId: 'STORM-MOSS-S', stock: stock(0, 2) },
    ]);
  });

  it('leaves what other entries tell of the variant', async () => {
    await local.shop.remove('inventory-entry', id(8));
    const deleted = notification('ResourceDeleted.inventory-entry', {
      resource: { typeId: 'inventory-entry', id: id(8) },
      resourceUserProvidedIdentifiers: { sku: 'STORM-MOSS-M' },
    });
    expect(await local.plan(deleted)).toEqual([{ kind: 'setInventory', variantId: 'STORM-MOSS-M', stock: stock(20) }]);
  });

  it('since it changed is the same as deleted', async () => {
    await local.shop.remove('inventory-entry', id(1));
    expect(await local.plan(notification('ResourceUpdated.inventory-entry'))).toEqual([
      { kind: 'setInventory', variantId: 'JEANS-IND-27', stock: stock(0, 2) },
    ]);
  });

  it('since it was written leaves the variant untracked, also when the notification does not tell its SKU', async () => {
    const unnamed = notification('ResourceUpdated.inventory-entry', { resourceUserProvidedIdentifiers: undefined });
    const before = await local.plan(unnamed);
    await local.shop.remove('inventory-entry', id(1));
    expect(await local.plan(unnamed, {}, { previous: before })).toEqual([
      { kind: 'setInventory', variantId: 'JEANS-IND-27', stock: stock(0, 2) },
    ]);
  });

  it.each([
    ['ResourceUpdated', GoneError],
    ['ResourceDeleted', InvalidMessageError],
  ])('whose %s does not tell its SKU is a %o', async (change, expected) => {
    await local.shop.remove('inventory-entry', id(1));
    const unnamed = notification(`${change}.inventory-entry`, { resourceUserProvidedIdentifiers: undefined });
    expect(await rejectionOf(local.plan(unnamed))).toBeInstanceOf(expected);
  });
});
