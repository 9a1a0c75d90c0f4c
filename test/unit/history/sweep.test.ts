import { describe, expect, test } from 'vitest';
import { createSweep } from '../../../shared/history/sweep.ts';

const patience = { persist: <T>(call: () => Promise<T>) => call(), wait: async () => {} };

describe('the sweep', () => {
  test('finds what has changed and what is gone since it was written', async () => {
    const written = new Map([
      ['same', { name: 'Women' }],
      ['renamed', { name: 'Pants' }],
      ['deleted', { name: 'Jeans' }],
    ]);
    const now = new Map([
      ['same', { name: 'Women' }],
      ['renamed', { name: 'Trousers' }],
    ]);
    expect(await createSweep({ patience }, async () => now)(written)).toEqual({
      changed: ['renamed'],
      gone: ['deleted'],
    });
  });

  test('reads everything again, a part at a time', async () => {
    const written = new Map(Array.from({ length: 1200 }, (_, id) => [String(id), id]));
    const parts: number[] = [];
    const sweep = createSweep({ patience }, async (ids) => {
      parts.push(ids.length);
      return new Map(ids.map((id) => [id, Number(id)]));
    });
    const swept = await sweep(written);
    expect(parts).toEqual([500, 500, 200]);
    expect(swept).toEqual({ changed: [], gone: [] });
  });

  test('reads nothing where nothing was written', async () => {
    const read = () => Promise.reject(new Error('was read'));
    expect(await createSweep({ patience }, read)(new Map())).toEqual({ changed: [], gone: [] });
  });
});
