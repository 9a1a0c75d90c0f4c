import { expect, it } from 'vitest';
import { parseJson } from '../../../../tools/console/server/http/json.ts';

it.each([
  ['{a}', 1, 2],
  ['nope', 1, 2],
  ['[1,2', 1, 5],
  ['{"a": 1,\n "b" 2}', 2, 6],
  ['', 1, 1],
  ['{"a": tru}', 1, 10],
  ['{"text": "never ends', 1, 21],
  ['{"a": 1}\n\n}', 3, 1],
  [`{"long": "${'x'.repeat(500)}",\n  "then": ?}`, 2, 11],
])('says where %s is not JSON', (text, line, column) => {
  expect(parseJson(text)).toEqual({ fault: { message: expect.stringMatching(/^not JSON: \S/), line, column } });
});

it('quotes nothing of a long text in what it says', () => {
  const parsed = parseJson(`{"email": "lena.brandt@example.org", "b": ?}`);
  expect(JSON.stringify(parsed)).not.toContain('lena');
});

it('gives the value of JSON', () => {
  expect(parseJson(' {"a": [1, null]} ')).toEqual({ value: { a: [1, null] } });
});

it.each([
  ['[,]', "not JSON: Unexpected token ','", 1, 2],
  ['{"a": 1} x', 'not JSON: Unexpected non-whitespace character after JSON', 1, 10],
  ['NaN', 'not JSON: Unexpected word', 1, 1],
  ['', 'not JSON: Unexpected end of JSON input', 1, 1],
])('says of %s what is wrong, and the place once', (text, message, line, column) => {
  expect(parseJson(text)).toEqual({ fault: { message, line, column } });
});
