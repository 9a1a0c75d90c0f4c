import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitProperties } from '../../../shared/mappers/limits.ts';

/** https://developers.klaviyo.com/en/reference/events_api_overview#limitations */
const LIMITS = { properties: 400, stringBytes: 100 * 1024, entries: 4000, levels: 10, bytes: 5 * 1024 * 1024 };

const nested = (levels: number): unknown => (levels === 0 ? 'deep' : { child: nested(levels - 1) });
const numbered = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, number) => [`p${number}`, number]));

/** The levels of objects and arrays in a value; 0 for a plain one. */
function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

function everyValue(value: unknown, visit: (value: unknown) => void): void {
  visit(value);
  if (typeof value !== 'object' || value === null) return;
  for (const child of Object.values(value)) everyValue(child, visit);
}

function expectWithinLimits(properties: Record<string, unknown>): void {
  expect(Object.keys(properties).length).toBeLessThanOrEqual(LIMITS.properties);
  expect(Buffer.byteLength(JSON.stringify(properties))).toBeLessThanOrEqual(LIMITS.bytes);
  expect(levelsOf(properties)).toBeLessThanOrEqual(LIMITS.levels);
  everyValue(properties, (value) => {
    if (typeof value === 'string') expect(Buffer.byteLength(value)).toBeLessThanOrEqual(LIMITS.stringBytes);
    if (Array.isArray(value)) expect(value.length).toBeLessThanOrEqual(LIMITS.entries);
  });
}

describe('fitProperties', () => {
  it('leaves what fits as it is', () => {
    const raw = { total: 0, gift: false, note: '', tags: ['a'], address: { city: 'Berlin' }, nothing: null };
    expect(fitProperties({ OrderId: '1' }, raw)).toEqual({ properties: { OrderId: '1', ...raw }, trimmed: [] });
  });

  it('prefers a standard property to a raw one of the same name', () => {
    expect(fitProperties({ Quantity: 2 }, { Quantity: 'many' }).properties).toEqual({ Quantity: 2 });
  });

  it('keeps 400 properties, all standard ones among them, and names the others', () => {
    const { properties, trimmed } = fitProperties({ OrderId: '1', Items: [] }, numbered(500));
    expect(Object.keys(properties)).toHaveLength(400);
    expect(properties).toMatchObject({ OrderId: '1', Items: [] });
    expect(trimmed).toHaveLength(102);
  });

  it('cuts a string at 100 KB, between characters', () => {
    const { properties, trimmed } = fitProperties({}, { note: 'ü'.repeat(99_999) });
    expectWithinLimits(properties);
    expect(properties.note).toMatch(/^ü{49000,}$/);
    expect(trimmed).toEqual(['note']);
  });

  it('cuts an array at 4000 entries', () => {
    const { properties, trimmed } = fitProperties({}, { codes: Array.from({ length: 5000 }, (_, number) => number) });
    expect(properties.codes).toHaveLength(4000);
    expect(trimmed).toEqual(['codes']);
  });

  it('leaves out what lies deeper than 10 levels, and keeps what is above', () => {
    const { properties, trimmed } = fitProperties({}, { flat: 1, tree: nested(20) });
    expectWithinLimits(properties);
    expect(properties).toMatchObject({ flat: 1, tree: { child: { child: {} } } });
    expect(trimmed).toEqual(['tree']);
  });

  it('leaves out the largest raw properties when all is more than 5 MB', () => {
    const blob = Array.from({ length: 60 }, () => 'x'.repeat(100_000));
    const { properties, trimmed } = fitProperties({ OrderId: '1' }, { blob, note: 'kept' });
    expect(properties).toEqual({ OrderId: '1', note: 'kept' });
    expect(trimmed).toEqual(['blob']);
  });

  it('keeps the limits when the standard properties alone are more than 5 MB', () => {
    const Items = Array.from({ length: 500 }, (_, number) => ({ SKU: `${number}`, Categories: ['x'.repeat(20_000)] }));
    const { properties, trimmed } = fitProperties({ OrderId: '1', Items }, { note: 'raw' });
    expectWithinLimits(properties);
    expect(properties.OrderId).toBe('1');
    expect(trimmed).toContain('Items');
  });

  it('names no property as cut that was not', () => {
    expect(fitProperties({ Items: [1] }, { Items: nested(20) }).trimmed).toEqual([]);
  });

  const value = fc.oneof(
    { weight: 5, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.nat(120_000).map((length) => '😀'.repeat(length)) },
    { weight: 1, arbitrary: fc.nat(6000).map((length) => new Array(length).fill(0)) },
    { weight: 1, arbitrary: fc.nat(30).map(nested) },
    { weight: 1, arbitrary: fc.nat(80).map((length) => new Array(length).fill('x'.repeat(99_999))) },
  );
  const raw = fc
    .tuple(fc.dictionary(fc.string(), value), fc.nat(600))
    .map(([some, count]): Record<string, unknown> => ({ ...numbered(count), ...some }));

  it('always keeps Klaviyo’s limits, and every standard property that does', () => {
    fc.assert(
      fc.property(
        raw,
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 15 }),
        (order, standard) => {
          const { properties } = fitProperties(standard, order);
          expectWithinLimits(properties);
          for (const [name, own] of Object.entries(standard)) {
            expect(Object.getOwnPropertyDescriptor(properties, name)?.value).toEqual(own);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('names every raw property that is not whole', () => {
    fc.assert(
      fc.property(raw, (order) => {
        const { properties, trimmed } = fitProperties({}, order);
        const changed = Object.keys(order).filter(
          (name) => JSON.stringify(properties[name]) !== JSON.stringify(order[name]),
        );
        expect(changed.filter((name) => !trimmed.includes(name))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
