import { describe, expect, test } from 'vitest';
import type { Profile, Write } from '../../../shared/klaviyo/writes.ts';
import { describeWrite, tableOfWrites } from '../../../tools/operator/support/describe.ts';
import { duration, table } from '../../../tools/operator/support/table.ts';

const profile: Profile = {
  externalId: 'customer-1',
  email: 'jane@example.org',
  firstName: 'Jane',
  lastName: null,
  title: null,
  organization: null,
  locale: null,
  phoneNumber: undefined,
  location: { city: 'Berlin' },
  properties: { vip: true },
};

const CONSENT = {
  ...({ channel: 'email', address: 'jane@example.org', externalId: undefined, customerField: undefined } as const),
  ...{ time: '2026-01-01T00:00:00Z', list: undefined, source: 'shop' },
};

describe('a write', () => {
  const sellable = { title: 'Jeans', description: '', url: '', imageFullUrl: null, price: 79.95, customMetadata: {} };
  const event = { metric: 'Placed Order', uniqueId: 'order-1', time: '2026-01-01T00:00:00Z', value: 1.5 };

  test.each<[Write, object]>([
    [
      { kind: 'upsertProfile', profile, trimmed: [] },
      {
        target: 'customer-1',
        fields: { sets: 'email, firstName, city', clears: 'lastName, title, organization, locale', properties: 1 },
      },
    ],
    [
      {
        kind: 'createEvent',
        trimmed: [],
        event: { ...event, profile: { email: profile.email }, valueCurrency: 'EUR', properties: { OrderId: '1' } },
      },
      {
        target: 'order-1',
        fields: { metric: 'Placed Order', time: '2026-01-01T00:00:00Z', value: '1.5 EUR', properties: 1 },
      },
    ],
    [
      { kind: 'upsertCategory', category: { id: 'c', name: 'Women > Pants' }, descendants: [{ id: 'd', name: 'x' }] },
      { target: 'c', fields: { name: 'Women > Pants', descendants: 1 } },
    ],
    [
      { kind: 'upsertItem', item: { id: 'p', ...sellable, variants: [], categories: [] }, trimmed: [] },
      { target: 'p', fields: { title: 'Jeans', price: 79.95, variants: 0, categories: 0 } },
    ],
    [
      { kind: 'setInventory', variantId: 'sku', stock: { inventoryQuantity: 7, inventoryPolicy: 1 } },
      { target: 'sku', fields: { quantity: 7, policy: 1 } },
    ],
    [
      { kind: 'eraseProfile', externalId: 'c' },
      { target: 'c', fields: { erases: 'the profile with its history, for good' } },
    ],
    [
      { kind: 'subscribe', ...CONSENT, externalId: 'c', list: 'L1' },
      { target: 'c', fields: { channel: 'email', time: CONSENT.time, list: 'L1', source: 'shop' } },
    ],
    [
      { kind: 'subscribe', ...CONSENT },
      { target: 'a guest', fields: { channel: 'email', time: CONSENT.time, list: 'none', source: 'shop' } },
    ],
    [
      { kind: 'unsubscribe', channel: 'sms', externalId: 'c', time: CONSENT.time, list: undefined, source: 'shop' },
      { target: 'c', fields: { channel: 'sms', time: CONSENT.time, list: 'none', source: 'shop' } },
    ],
    [
      { kind: 'deleteItem', id: 'p' },
      { target: 'p', fields: {} },
    ],
  ])('is described by ids, amounts and counts: %j', (write, description) => {
    expect(describeWrite(write)).toEqual({ kind: write.kind, ...description });
    expect(tableOfWrites([write])).not.toMatch(/jane|Jane|Berlin/);
  });
});

describe('a table', () => {
  test('has columns as wide as what is in them, and no spaces at the end', () => {
    expect(
      table(
        ['id', 'type'],
        [
          ['1234', 'x'],
          ['5', ''],
        ],
      ),
    ).toBe('id    type\n1234  x\n5');
  });

  test.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
    [-5, '0 s'],
  ])('tells %i milliseconds as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});
