import { expect, it } from 'vitest';
import { pack } from '../../../../shared/klaviyo/bulk/pack.ts';

const packed = (texts: string[], items: number, weight: number) =>
  pack(texts, { items, weight }, (text) => text.length);

it('fills packs in order, up to their number and their weight', () => {
  expect(packed(['a', 'b', 'c'], 2, 100)).toEqual([['a', 'b'], ['c']]);
  expect(packed(['aaa', 'bb', 'c', 'ddd'], 10, 5)).toEqual([
    ['aaa', 'bb'],
    ['c', 'ddd'],
  ]);
  expect(packed([], 2, 100)).toEqual([]);
});

it('gives what is too heavy a pack of its own', () => {
  expect(packed(['a', 'bbbbbbb', 'c'], 10, 5)).toEqual([['a'], ['bbbbbbb'], ['c']]);
});
