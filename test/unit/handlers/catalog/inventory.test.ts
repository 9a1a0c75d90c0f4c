import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const id = ids.stock;
const CHANNEL = { catalog: { inventoryChannel: 'c4a00000-0000-4000-8000-000000000001' } };
const stock = (inventoryQuantity: number, inventoryPolicy = 1) => ({ inventoryQuantity, inventoryPolicy });

describe('stock that changed', () => {
  it('of a channel leaves the stock without a channel as it is, when none is set', async () => {
    expect(await local.plan(notification('ResourceUpdated.inventory-entry.channel'))).toEqual([
      { kind: 'setInventory', variantId: 'JEANS-IND-29', stock: stock(5) },
    ]);
  });

  it('of the channel that is set counts, 0 as well', async () => {
    expect(await local.plan(notification('ResourceUpdated.inventory-entry.channel'), CHANNEL)).toEqual([
      { kind: 'setInventory', variantId: 'JEANS-IND-29', stock: stock(0) },
    ]);
  });

  it('of another channel than the one that is set may have left it: the stock of that one, if it changed', async () => {
    expect(await local.plan(notification('ResourceUpdated.inventory-entry'), CHANNEL)).toEqual([
      { kind: 'setInventory', variantId: 'JEANS-IND-27', stock: stock(0, 2), ifChanged: true },
    ]);
  });

  it.each([
    ['moved to another channel', 'ResourceUpdated', { supplyChannel: { typeId: 'channel', id: 'other' } }, true],
    ['was deleted', 'ResourceDeleted', undefined, undefined],
  ] as const)(
    'is told without an entry that %s, though the query still shows it',
    async (_, change, moved, ifChanged) => {
      const entry = (await local.shop.get('inventory-entry', id(4))) ?? expect.unreachable();
      const effect = { kind: 'status', status: 200, body: { results: [entry] } } as const;
      local.shop.faults.add({ match: ({ path }) => path.includes('var.skus'), effect });
      if (moved) await local.shop.put('inventory-entry', { ...entry, ...moved });
      const about = {
        resource: { typeId: 'inventory-entry', id: entry.id },
        resourceUserProvidedIdentifiers: { sku: entry.sku },
      };

      expect(await local.plan(notification(`${change}.inventory-entry`, about), CHANNEL)).toEqual([
        { kind: 'setInventory', variantId: 'JEANS-IND-29', stock: stock(0, 2), ...(ifChanged && { ifChanged }) },
      ]);
    },
  );
});

describe('stock that was deleted', () => {
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
    for (const resourceUserProvidedIdentifiers of [undefined, null, {}, { sku: null, key: null }]) {
      const unnamed = notification(`${change}.inventory-entry`, { resourceUserProvidedIdentifiers });
      expect(await rejectionOf(local.plan(unnamed))).toBeInstanceOf(expected);
    }
  });
});
