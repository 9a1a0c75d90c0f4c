import { describe, expect, test } from 'vitest';
import { batchesOf } from '../../../shared/history/batches.ts';

const MEGABYTE = 'x'.repeat(1_000_000);

async function* pagesOf<T>(entry: T, ...sizes: number[]): AsyncGenerator<T[]> {
  for (const size of sizes) yield Array.from({ length: size }, () => entry);
}

const told = async (pages: AsyncIterable<unknown[]>) =>
  (await Array.fromAsync(batchesOf(pages))).map(({ entries, isMany }) => [entries.length, isMany]);

describe('what is to be repaired', () => {
  test('waits for the end while it is little', async () => {
    expect(await told(pagesOf('a', 100, 0, 100))).toEqual([[200, false]]);
  });

  test('is little however large it is', async () => {
    expect(await told(pagesOf(MEGABYTE, 9))).toEqual([[9, false]]);
  });

  test('is many as soon as it is more than a little', async () => {
    expect(await told(pagesOf('a', 200, 1))).toEqual([[201, true]]);
  });

  test('is nothing where nothing was found', async () => {
    expect(await told(pagesOf('a', 0, 0))).toEqual([]);
  });

  test('comes in large batches, and stays many to its end', async () => {
    expect(await told(pagesOf(MEGABYTE, 201, 6))).toEqual([
      [201, true],
      [4, true],
      [2, true],
    ]);
  });

  test('comes whole and in order', async () => {
    const entries = Array.from({ length: 1000 }, (_, number) => number);
    const pages = async function* () {
      yield entries.slice(0, 700);
      yield entries.slice(700);
    };
    const batches = await Array.fromAsync(batchesOf(pages()));
    expect(batches.flatMap((batch) => batch.entries)).toEqual(entries);
  });

  test('is handed out before all of it was found', async () => {
    let pages = 0;
    const endless = async function* () {
      for (;;) {
        pages++;
        yield Array.from({ length: 300 }, () => MEGABYTE);
      }
    };
    for await (const _ of batchesOf(endless())) break;
    expect(pages).toBe(1);
  });
});
