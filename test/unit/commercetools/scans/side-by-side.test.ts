import { expect, it } from 'vitest';
import { sideBySide } from '../../../../shared/commercetools/scans/side-by-side.ts';

/** A source that yields `a1`, `a2` …, and notes what it was asked for. */
function source(name: string, values: number, notes: string[]) {
  return (async function* () {
    try {
      for (let value = 1; value <= values; value++) {
        notes.push(`${name}${value}`);
        yield `${name}${value}`;
      }
    } finally {
      notes.push(`${name} ends`);
    }
  })();
}

const turn = () => new Promise(setImmediate);

it('yields everything that its sources yield, each in its order', async () => {
  const notes: string[] = [];
  const all = await Array.fromAsync(
    sideBySide([source('a', 3, notes), source('b', 0, notes), source('c', 2, notes)], 2),
  );
  expect(all.toSorted()).toEqual(['a1', 'a2', 'a3', 'c1', 'c2']);
  expect(all.filter((one) => one.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(await Array.fromAsync(sideBySide([], 2))).toEqual([]);
});

it('begins no more sources than it may, and the next when one has ended', async () => {
  const notes: string[] = [];
  const merged = sideBySide(
    ['a', 'b', 'c'].map((name) => source(name, 1, notes)),
    2,
  );
  await merged.next();
  await turn();
  expect(notes.filter((note) => note.endsWith('1'))).toEqual(['a1', 'b1']);
  await Array.fromAsync(merged);
  expect(notes).toContain('c1');
});

it('reads one value ahead and then waits for whoever takes them', async () => {
  const notes: string[] = [];
  const merged = sideBySide([source('a', 9, notes)], 1);
  await merged.next();
  await turn();
  expect(notes).toEqual(['a1', 'a2']);
  await merged.next();
  await turn();
  expect(notes).toEqual(['a1', 'a2', 'a3']);
});

it('ends its sources when nobody takes any more', async () => {
  const notes: string[] = [];
  for await (const _ of sideBySide(
    ['a', 'b'].map((name) => source(name, 9, notes)),
    2,
  ))
    break;
  await turn();
  expect(notes.filter((note) => note.endsWith('ends')).toSorted()).toEqual(['a ends', 'b ends']);
});

it('throws what a source throws while another value is taken, and ends the others', async () => {
  const notes: string[] = [];
  const error = new Error('no');
  const failing = (async function* () {
    yield 'first';
    throw error;
  })();
  const merged = sideBySide<string>([failing, source('b', 99, notes)], 2);
  await merged.next();
  await turn();
  await expect(Array.fromAsync(merged)).rejects.toBe(error);
  await turn();
  expect(notes.at(-1)).toBe('b ends');
});
