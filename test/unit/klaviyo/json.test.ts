import { expect, test } from 'vitest';
import { toJsonBytes } from '../../../shared/klaviyo/json.ts';

test.for([
  {
    data: { attributes: { 'events-bulk-create': { data: [{ name: 'Ümit "€"' }, null, undefined, 'text', [1, [2]]] } } },
  },
  { at: new Date(0), left: undefined, none: null, 'a "name"': { b: { c: { d: { e: { f: [[], {}] } } } } } },
  [],
  {},
  'text',
  null,
])('a value is written as JSON.stringify writes it: %j', (value) => {
  expect(toJsonBytes(value).toString()).toBe(JSON.stringify(value));
});
