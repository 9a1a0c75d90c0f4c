import { expect, it } from 'vitest';
import { PermanentError, RetryableError } from '../../../../shared/errors.ts';
import { divide } from '../../../../shared/klaviyo/bulk/divide.ts';
import { rejectionOf } from '../../support.ts';

/** A service that takes no request with one of these letters, and returns the others in capitals. */
function world(bad: string, { names = false, apart = 1 } = {}) {
  const requests: string[] = [];
  const request = async (letters: readonly string[]) => {
    requests.push(letters.join(''));
    const positions = letters.flatMap((letter, index) => (bad.includes(letter) ? [index] : []));
    const pointers = names ? positions.map((position) => `/data/attributes/letters/data/${position}/attributes`) : [];
    if (positions.length > 0) throw new PermanentError('no', { status: 400, pointers });
    return letters.map((letter) => letter.toUpperCase());
  };
  const ask = (letters: string) => divide([...letters], { request, refused: (letter) => [letter], apart });
  return { ask, requests };
}

it('makes one request where nothing is refused, and none for nothing', async () => {
  const { ask, requests } = world('');
  expect(await ask('abc')).toEqual(['A', 'B', 'C']);
  expect(await ask('')).toEqual([]);
  expect(requests).toEqual(['abc']);
});

it('leaves out whom a refusal names', async () => {
  const { ask, requests } = world('bd', { names: true });
  expect(await ask('abcde')).toEqual(['b', 'd', 'A', 'C', 'E']);
  expect(requests).toEqual(['abcde', 'ace']);
});

it('finds out by halves whom a refusal does not name', async () => {
  const { ask, requests } = world('f');
  expect(await ask('abcdefgh')).toEqual(['A', 'B', 'C', 'D', 'E', 'f', 'G', 'H']);
  expect(requests).toHaveLength(7);
});

it('takes each of a few for refused, where they are not worth a request each', async () => {
  const { ask, requests } = world('f', { apart: 2 });
  expect(await ask('abcdefgh')).toEqual(['A', 'B', 'C', 'D', 'e', 'f', 'G', 'H']);
  expect(requests).toHaveLength(5);
});

it('divides nothing for what may pass', async () => {
  const error = new RetryableError('down', { status: 503 });
  const request = () => Promise.reject(error);
  expect(await rejectionOf(divide(['a', 'b'], { request, refused: () => [] }))).toBe(error);
});
