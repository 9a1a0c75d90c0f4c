import { describe, expect, it } from 'vitest';
import { stockOfEntries } from '../../../../shared/mappers/catalog/stock.ts';

const entry = (availableQuantity: number, channel?: string) => ({
  id: `entry-${channel}`,
  sku: 'SKU-1',
  availableQuantity,
  supplyChannel: channel === undefined ? undefined : { id: channel },
});

describe('the stock of a SKU', () => {
  it('is a tracked quantity', () => {
    expect(stockOfEntries([entry(12)], undefined)).toEqual({ inventoryQuantity: 12, inventoryPolicy: 1 });
  });

  it('of 0 is a quantity', () => {
    expect(stockOfEntries([entry(0)], undefined)).toEqual({ inventoryQuantity: 0, inventoryPolicy: 1 });
  });

  it('is untracked without entries', () => {
    expect(stockOfEntries([], undefined)).toEqual({ inventoryQuantity: 0, inventoryPolicy: 2 });
  });

  it('of the channel that is set counts, 0 as well', () => {
    const entries = [entry(5), entry(0, 'berlin'), entry(7, 'oslo')];
    expect(stockOfEntries(entries, 'berlin')).toEqual({ inventoryQuantity: 0, inventoryPolicy: 1 });
  });

  it('is untracked when the channel that is set has none', () => {
    expect(stockOfEntries([entry(5), entry(7, 'oslo')], 'berlin')).toEqual({
      inventoryQuantity: 0,
      inventoryPolicy: 2,
    });
  });

  it('without a channel counts before that of channels', () => {
    expect(stockOfEntries([entry(9, 'berlin'), entry(5)], undefined).inventoryQuantity).toBe(5);
  });

  it('is the sum of all channels when all is in channels', () => {
    const stock = stockOfEntries([entry(9, 'berlin'), entry(4, 'oslo')], undefined);
    expect(stock).toEqual({ inventoryQuantity: 13, inventoryPolicy: 1 });
  });
});
