import { expect, test } from 'vitest';
import { toJsonBytes, Written } from '../../../shared/klaviyo/json.ts';

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

test('what is written already is written as it is', () => {
  const properties = { $event_id: 'a', text: 'Ümit', none: undefined };
  const value = { events: [{ name: 'x', properties }, { properties: {} }] };
  const written = { events: value.events.map((event) => ({ ...event, properties: new Written(event.properties) })) };
  expect(toJsonBytes(written).toString()).toBe(JSON.stringify(value));
  expect(written.events[0]?.properties.read()).toEqual({ $event_id: 'a', text: 'Ümit' });
});

test('a value of many pieces is whole', () => {
  const value = Array.from({ length: 5000 }, (_, index) => ({ index, text: 'é'.repeat(index % 100) }));
  expect(toJsonBytes(value).toString()).toBe(JSON.stringify(value));
});
