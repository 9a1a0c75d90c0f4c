import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../shared/config/settings.ts';
import { settings } from '../support.ts';

const schema = JSON.parse(readFileSync('docs/settings.schema.json', 'utf8'));
const accepts = new Ajv({ strict: true, strictTypes: false }).compile(schema);

describe('the JSON Schema of the settings', () => {
  it('is allowed to be named by a file of settings, and changes nothing', () => {
    const given = { $schema: '../docs/settings.schema.json' };

    expect(accepts(given)).toBe(true);
    expect(settings(given)).toEqual(settings());
    expect(settingsSchema.safeParse({ $schema: 7 }).success).toBe(false);
  });

  it('holds the defaults of the function', () => {
    const filled = {};
    new Ajv({ useDefaults: true, strict: false }).compile(schema)(filled);

    expect(filled).toEqual(JSON.parse(JSON.stringify(settings())));
    expect(accepts(filled)).toBe(true);
  });

  it.each([
    ['an unknown key', { baskets: {} }],
    ['an unknown key deeper down', { orders: { placedState: [] } }],
    ['an unknown handler', { handlers: { disabled: ['invoice'] } }],
    ['an unknown state', { orders: { fulfilledStates: ['Done'] } }],
    ['an unknown property', { customers: { properties: { include: ['ShoeSize'] } } }],
    ['an unknown property that is renamed', { customers: { properties: { map: { ShoeSize: 'Size' } } } }],
    ['another type', { reviews: { events: 'yes' } }],
    ['a number that is too large', { limits: { attemptSeconds: 100_000 } }],
    ['no locale', { locale: 'German' }],
  ])('refuses %s, as the function does', (_, given) => {
    expect(accepts(given)).toBe(false);
    expect(settingsSchema.safeParse(given).success).toBe(false);
  });

  it('explains every setting', () => {
    const unexplained = (node: Record<string, unknown>, path: string): string[] =>
      Object.entries(Object(node.properties)).flatMap(([name, child]) => {
        const here = Object(child);
        if (here.properties) return unexplained(here, `${path}${name}.`);
        return here.description ? [] : [`${path}${name}`];
      });

    expect(unexplained(schema, '')).toEqual([]);
    expect(unexplained({ properties: { some: { properties: { one: {} } } } }, '')).toEqual(['some.one']);
  });
});
