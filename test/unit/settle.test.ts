import { describe, expect, it } from 'vitest';
import { RetryableError, StalePlanError } from '../../shared/errors.ts';
import type { Write } from '../../shared/klaviyo/writes.ts';
import { settle } from '../../shared/settle.ts';
import { rejectionOf } from './support.ts';

const stock = (inventoryQuantity: number): Write[] => [
  { kind: 'setInventory', variantId: 'SKU-1', stock: { inventoryQuantity, inventoryPolicy: 1 } },
];
const event: Write[] = [
  {
    kind: 'createEvent',
    trimmed: [],
    event: {
      metric: 'Placed Order',
      profile: {},
      uniqueId: '1',
      time: '',
      value: 1,
      valueCurrency: 'EUR',
      properties: {},
    },
  },
];

/** Settles a plan while commercetools shows these plans one after the other, the last one for good. */
async function settling(plan: Write[], later: Write[][], refusals: Error[] = []) {
  const applied: Write[][] = [];
  let reads = 0;
  const replan = async () => later[Math.min(reads++, later.length - 1)] ?? expect.unreachable('not to be read again');
  const apply = async (writes: Write[]) => {
    applied.push(writes);
    const refusal = refusals[applied.length - 1];
    if (refusal) throw refusal;
    return writes.filter((write) => !('ifChanged' in write));
  };
  const error = await settle(plan, replan, apply).catch((thrown: unknown) => thrown);
  return { applied, reads, error };
}

describe('settle', () => {
  it('applies a plan once when it still holds', async () => {
    expect(await settling(stock(5), [stock(5)])).toEqual({ applied: [stock(5)], reads: 1, error: undefined });
  });

  it('is done when only the names of what was cut have changed their order', async () => {
    const entry = { title: 'Jeans', description: '', url: '', imageFullUrl: null, price: 1, customMetadata: {} };
    const item = { id: 'product-1', ...entry, variants: [], categories: [] };
    const cut = (...trimmed: string[]): Write[] => [{ kind: 'upsertItem', item, trimmed }];
    const { applied } = await settling(cut('a', 'b'), [cut('b', 'a'), cut('a', 'b')]);
    expect(applied).toHaveLength(1);
  });

  it('applies what has changed meanwhile, until nothing has', async () => {
    const { applied, reads } = await settling(stock(5), [stock(4), stock(3), stock(3)]);
    expect([applied, reads]).toEqual([[stock(5), stock(4), stock(3)], 3]);
  });

  it('gives a resource up for this attempt that changes faster than it can be written', async () => {
    const { applied, reads, error } = await settling(
      stock(0),
      Array.from({ length: 1000 }, (_, sold) => stock(sold + 1)),
    );
    expect(error).toBeInstanceOf(RetryableError);
    expect([applied.length, reads]).toEqual([10, 10]);
  });

  it('gives up a plan that Klaviyo finds stale again and again', async () => {
    const stale = Array.from({ length: 1000 }, () => new StalePlanError('known'));
    const { applied, error } = await settling(stock(5), [stock(5)], stale);
    expect(error).toBeInstanceOf(RetryableError);
    expect(applied).toHaveLength(10);
  });

  it.each([
    ['an event, which is a fact', event],
    ['nothing', []],
  ])('does not look again after %s', async (_, plan) => {
    expect(await settling(plan, [])).toEqual({ applied: [plan], reads: 0, error: undefined });
  });

  it('does not look again when Klaviyo had everything, as nothing was overwritten', async () => {
    const same = stock(5).map((write) => ({ ...write, ifChanged: true }));
    expect(await settling(same, [])).toEqual({ applied: [same], reads: 0, error: undefined });
  });

  it('plans anew when Klaviyo has what was to be created', async () => {
    const { applied, error } = await settling(stock(5), [stock(5)], [new StalePlanError('known')]);
    expect([applied, error]).toEqual([[stock(5), stock(5)], undefined]);
  });

  it('throws what Klaviyo refuses', async () => {
    const refusal = new RetryableError('no');
    expect(await settling(stock(5), [], [refusal])).toEqual({ applied: [stock(5)], reads: 0, error: refusal });
  });

  it('throws what commercetools refuses when it looks again', async () => {
    const refusal = new RetryableError('no');
    const settled = settle(
      stock(5),
      () => Promise.reject(refusal),
      async (writes) => writes,
    );
    expect(await rejectionOf(settled)).toBe(refusal);
  });
});
