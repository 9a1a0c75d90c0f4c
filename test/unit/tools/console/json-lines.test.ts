import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, linesOf } from '../../../../tools/console/page/mapping/json-lines.ts';

const TEXT = `{
  "orders": {
    "trackingUrls": { "DHL": "https://example.org/:{}[]," },
    "placedStates": [
      "Open",
      { "key": 1 }
    ]
  },
  "a \\"name\\"": null
}`;

describe('linesOf', () => {
  const lines = linesOf(TEXT);

  it.for([
    ['', 1],
    ['orders', 2],
    ['orders.trackingUrls', 3],
    ['orders.trackingUrls.DHL', 3],
    ['orders.placedStates', 4],
    ['orders.placedStates.0', 5],
    ['orders.placedStates.1', 6],
    ['orders.placedStates.1.key', 6],
    ['a "name"', 9],
  ] as const)('finds %s in line %i', ([path, line]) => {
    expect(lines.get(path)).toBe(line);
  });

  it('knows what stands before the place where a text is cut', () => {
    expect(linesOf(TEXT.slice(0, TEXT.indexOf('"key"'))).get('orders.placedStates.0')).toBe(5);
  });

  it('knows every path of any JSON, and none that is not there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const found = new Set(linesOf(JSON.stringify(value, null, 2)).keys());
        expect(found).toEqual(new Set(pathsOf(value)));
      }),
    );
  });
});

describe('lineOf', () => {
  it('gives the line of what is around a path that is missing', () => {
    expect(lineOf(linesOf(TEXT), 'orders.trackingUrls.UPS')).toBe(3);
    expect(lineOf(linesOf(TEXT), 'prices.currency')).toBe(1);
  });
});

/** Every path of a value, its own first. */
function pathsOf(value: unknown, path = ''): string[] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [path, ...entries.flatMap(([name, inner]) => pathsOf(inner, path === '' ? name : `${path}.${name}`))];
}
