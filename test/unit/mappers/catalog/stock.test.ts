import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stockOfEntries, stockOfVariant } from '../../../../shared/mappers/catalog/stock.ts';
import { variant } from '../../factories.ts';

const entry = (availableQuantity: number, channel?: string) => ({
  id: `entry-${channel}`,
  sku: 'SKU-1',
  availableQuantity,
  supplyChannel: channel === undefined ? undefined : { id: channel },
});

/** The same stock, as commercetools shows it in a product projection. */
function shown(entries: ReturnType<typeof entry>[]) {
  if (entries.length === 0) return variant();
  const main = entries.find(({ supplyChannel }) => !supplyChannel);
  const channels = entries.flatMap(({ supplyChannel, availableQuantity }) =>
    supplyChannel ? [[supplyChannel.id, { availableQuantity }]] : [],
  );
  return variant({
    availability: { availableQuantity: main?.availableQuantity, channels: Object.fromEntries(channels) },
  });
}

describe.each([
  ['of a product', (entries: ReturnType<typeof entry>[], channel?: string) => stockOfVariant(shown(entries), channel)],
  ['of inventory entries', stockOfEntries],
] as const)('the stock %s', (_, stockOf) => {
  it('is a tracked quantity', () => {
    expect(stockOf([entry(12)], undefined)).toEqual({ inventoryQuantity: 12, inventoryPolicy: 1 });
  });

  it('of 0 is a quantity', () => {
    expect(stockOf([entry(0)], undefined)).toEqual({ inventoryQuantity: 0, inventoryPolicy: 1 });
  });

  it('is untracked without entries', () => {
    expect(stockOf([], undefined)).toEqual({ inventoryQuantity: 0, inventoryPolicy: 2 });
  });

  it('of the channel that is set counts, 0 as well', () => {
    const entries = [entry(5), entry(0, 'berlin'), entry(7, 'oslo')];
    expect(stockOf(entries, 'berlin')).toEqual({ inventoryQuantity: 0, inventoryPolicy: 1 });
  });

  it('is untracked when the channel that is set has none', () => {
    expect(stockOf([entry(5), entry(7, 'oslo')], 'berlin')).toEqual({ inventoryQuantity: 0, inventoryPolicy: 2 });
  });

  it('without a channel counts before that of channels', () => {
    expect(stockOf([entry(9, 'berlin'), entry(5)], undefined).inventoryQuantity).toBe(5);
  });

  it('is the sum of all channels when all is in channels', () => {
    const stock = stockOf([entry(9, 'berlin'), entry(4, 'oslo')], undefined);
    expect(stock).toEqual({ inventoryQuantity: 13, inventoryPolicy: 1 });
  });
});

it('a product and its inventory entries always tell the same stock', () => {
  const channel = fc.constantFrom(undefined, 'berlin', 'oslo', 'rome');
  const entries = fc.uniqueArray(fc.record({ quantity: fc.nat(), channel }), {
    selector: (stock) => stock.channel,
  });
  fc.assert(
    fc.property(entries, channel, (stocks, chosen) => {
      const all = stocks.map((stock) => entry(stock.quantity, stock.channel));
      expect(stockOfVariant(shown(all), chosen)).toEqual(stockOfEntries(all, chosen));
    }),
  );
});
