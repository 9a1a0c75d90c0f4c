import { describe, expect, it } from 'vitest';
import { select } from '../../../shared/mappers/selection.ts';
import { settings } from '../support.ts';

const choose = (properties: Record<string, unknown>, selection: Record<string, unknown> = {}) =>
  select(properties, settings({ customers: { customFields: selection } }).customers.customFields);

describe('select', () => {
  it('lets everything through when the settings say nothing', () => {
    expect(choose({ a: 1, b: ['x'] })).toEqual({ a: 1, b: ['x'] });
  });

  it('keeps false, 0 and "", which are values', () => {
    expect(choose({ newsletter: false, points: 0, nickname: '' })).toEqual({
      newsletter: false,
      points: 0,
      nickname: '',
    });
  });

  it('sends only what is included', () => {
    expect(choose({ a: 1, b: 2 }, { include: ['b', 'c'] })).toEqual({ b: 2 });
  });

  it('sends nothing when the list of what is included is empty', () => {
    expect(choose({ a: 1 }, { include: [] })).toEqual({});
  });

  it('never sends what is excluded, even if it is included too', () => {
    expect(choose({ a: 1, b: 2 }, { include: ['a', 'b'], exclude: ['b'] })).toEqual({ a: 1 });
  });

  it('renames, by the names that commercetools gives', () => {
    expect(choose({ a: 1, b: 2 }, { include: ['a'], map: { a: 'Alpha', b: 'Beta' } })).toEqual({ Alpha: 1 });
  });

  it('does not take names that every object has for renamed ones', () => {
    expect(choose({ constructor: 1, toString: 2 })).toEqual({ constructor: 1, toString: 2 });
  });
});
