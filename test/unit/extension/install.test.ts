import { expect, it } from 'vitest';
import { install } from '../../../shared/extension/install.ts';

it.each([
  ['by its words', () => JSON.parse('{ nothing'), /, while it was loaded .*: threw SyntaxError: .*JSON/],
  [
    'by its line, where Node cannot read it',
    () => refused(),
    /loaded \(.*extension\.ts:2\): threw SyntaxError: no enum$/,
  ],
])('a file that cannot be loaded is told %s: nobody’s data was read', (_, load, words) => {
  expect(() => install(load)).toThrow(words);
});

/** As Node refuses TypeScript that it does not strip: with the place ahead of the stack, and frames of its own. */
function refused(): never {
  const error = new SyntaxError('no enum');
  error.stack = `/shop/extension.ts:2\nenum Two {}\n\n${error}\n    at parseTypeScript (node:internal/modules/typescript:68:40)`;
  throw error;
}
