import { describe, expect, it } from 'vitest';
import { ExtensionError } from '../../../shared/errors.ts';
import type { ExtensionDefinition } from '../../../shared/extension/extension.ts';
import { install } from '../../../shared/extension/install.ts';
import type { CatalogItem, Event, Profile, Write } from '../../../shared/klaviyo/writes.ts';
import { toItem } from '../../../shared/mappers/catalog/item.ts';
import { toProfile } from '../../../shared/mappers/customers/profile.ts';
import { customer, product, variant } from '../factories.ts';
import { settings } from '../support.ts';

const EVENT: Event = {
  metric: 'Placed Order',
  profile: { externalId: 'c1' },
  uniqueId: 'o1',
  time: '2026-05-04T18:21:07.512Z',
  value: 10,
  valueCurrency: 'EUR',
  properties: { Items: [{ SKU: 'a' }] },
};
const event: Write = { kind: 'createEvent', event: EVENT, trimmed: [] };
const profile: Write = { kind: 'upsertProfile', ...toProfile(customer(), settings()) };
const item: Write = {
  kind: 'upsertItem',
  ...toItem(product({ variants: [variant({ id: 2, sku: 'second' })] }), settings(), Date.now()),
};
const erasure: Write = { kind: 'eraseProfile', externalId: 'c1' };
const consent: Write = {
  ...{ kind: 'subscribe', channel: 'email', address: 'noor.gast@example.org', externalId: 'c1' },
  ...{ customerField: 'newsletter', time: EVENT.time, list: 'NEWS', source: 'shop' },
};
const ALL = [event, profile, item, erasure, consent];

const adjust = (hooks: Omit<ExtensionDefinition, 'name'>, write: Write) =>
  install(() => ({ name: 'acme', ...hooks })).adjust(write, settings());

const changing = {
  event: (changes: object) => adjust({ event: (one) => ({ ...one, ...changes }) }, event),
  profile: (changes: object) => adjust({ profile: (one) => ({ ...one, ...changes }) }, profile),
  item: (changes: object) => adjust({ item: (one) => ({ ...one, ...changes }) }, item),
};

describe('a hook', () => {
  it('gets a copy: what it changes and does not return is lost', () => {
    const before = structuredClone(ALL);
    const spoil = <T extends object>(one: T): T => {
      for (const name of Object.keys(one)) Reflect.set(one, name, 'spoiled');
      throw new Error('after all');
    };
    for (const write of ALL)
      expect(() =>
        adjust({ event: spoil, profile: spoil, item: spoil, keep: (one) => Boolean(spoil(one)) }, write),
      ).toThrow(ExtensionError);
    expect(ALL).toEqual(before);
  });

  it('drops what it returns nothing of, and leaves other kinds alone', () => {
    const hooks = { event: () => undefined, profile: () => undefined, item: () => undefined };
    expect(ALL.map((write) => adjust(hooks, write))).toEqual([undefined, undefined, undefined, erasure, consent]);
  });

  it('changes value, currency and properties of an event', () => {
    const changes = { value: 8.4, valueCurrency: 'GBP', properties: { Shop: 'acme' } };
    expect(changing.event(changes)).toEqual({ ...event, event: { ...EVENT, ...changes } });
  });

  it('leaves out a variant and a category of an item', () => {
    expect(changing.item({ variants: [], categories: [] })).toMatchObject({ item: { variants: [], categories: [] } });
  });

  it('may have a profile leave out a field, which keeps what Klaviyo has', () => {
    const { firstName: _, ...rest } = profile.kind === 'upsertProfile' ? profile.profile : ({} as Profile);
    expect(adjust({ profile: () => rest as Profile }, profile)).toMatchObject({ profile: { firstName: undefined } });
  });

  it('keeps Klaviyo’s limits, and says what was cut for them', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`p${index}`, index]));
    expect(changing.event({ properties: many })).toMatchObject({ trimmed: expect.arrayContaining(['p499']) });
    expect(changing.profile({ properties: { long: 'x'.repeat(95_000), short: 1 } })).toMatchObject({
      trimmed: ['long'],
      profile: { properties: { short: 1 } },
    });
  });
});

describe.each<[string, () => unknown, string]>([
  ['another person’s profile', () => changing.profile({ email: 'else@example.org' }), 'profile of upsertProfile'],
  ['another customer’s profile', () => changing.profile({ externalId: 'c2' }), 'externalId'],
  ['another metric', () => changing.event({ metric: 'Other' }), 'metric'],
  ['another unique id', () => changing.event({ uniqueId: 'o2' }), 'uniqueId'],
  ['another person’s event', () => changing.event({ profile: { externalId: 'c2' } }), 'profile'],
  ['another time', () => changing.event({ time: '2026-01-01T00:00:00Z' }), 'time'],
  ['an event of history', () => changing.event({ backfill: true }), 'backfill'],
  ['a value that is no number', () => changing.event({ value: Number.NaN }), 'value'],
  ['a value that is a text', () => changing.event({ value: '8.40' }), 'value'],
  ['a word that is no currency', () => changing.event({ valueCurrency: 'euro' }), 'ISO 4217'],
  ['a date among properties', () => changing.event({ properties: { at: new Date() } }), 'properties'],
  ['what has no end', () => changing.event({ properties: endless() }), 'properties'],
  ['a getter that throws', () => changing.event({ properties: withGetter() }), 'threw Error'],
  ['a misspelt field', () => changing.event({ valeu: 1 }), 'valeu'],
  ['another item', () => changing.item({ id: 'p2' }), 'id'],
  [
    'a variant of its own',
    () => changing.item({ variants: [{ ...itemOf().variants[0], id: 'x', sku: 'x' }] }),
    'variants',
  ],
  ['a variant twice', () => changing.item({ variants: [itemOf().variants[0], itemOf().variants[0]] }), 'variants'],
  ['a category of its own', () => changing.item({ categories: [{ id: 'x', name: 'X' }] }), 'categories'],
  ['a price that is no number', () => changing.item({ price: undefined }), 'price'],
  ['null', () => adjust({ event: () => Object(JSON.parse('null')) && JSON.parse('null') }, event), 'the whole'],
  ['a promise', () => adjust({ event: () => Object(Promise.reject(new Error())) }, event), 'returned a promise'],
  ['neither yes nor no', () => adjust({ keep: () => JSON.parse('"no"') }, event), 'neither true nor false'],
])('%s', (_, write, words) => {
  it('is refused, by name and without values', () => {
    const error = thrownBy(write);
    expect(error).toBeInstanceOf(ExtensionError);
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/example\.org|8\.40/);
    expect(error).toMatchObject({ retry: 'never', place: { extension: 'acme' } });
  });
});

it('an erasure and a consent can be dropped, and in no way be made or changed', () => {
  const rewrite = (one: Write) => Boolean(Object.assign(one, erasure, { externalId: 'c2' }));
  for (const write of ALL) {
    expect(adjust({ keep: rewrite }, write)).toEqual(write);
    expect(adjust({ keep: () => false }, write)).toBeUndefined();
  }
  for (const made of [erasure, consent]) {
    expect(() => adjust({ event: () => Object(made) }, event)).toThrow(ExtensionError);
    expect(() => changing.profile(made)).toThrow(ExtensionError);
    expect(() => changing.item(made)).toThrow(ExtensionError);
  }
});

it('a place is one of the extension, also where Node itself threw', () => {
  const thrown = thrownBy(() => adjust({ event: (one) => ({ ...one, url: new URL(one.metric) }) }, event));
  expect(thrown).toMatchObject({ place: { at: expect.stringMatching(/^test\/unit\/extension\/adjust\.test\.ts:/) } });
});

it('an error is told by its class and place, and its words only where they are ours', () => {
  const thrown = thrownBy(() =>
    adjust(
      {
        event() {
          throw new RangeError('noor.gast@example.org');
        },
      },
      event,
    ),
  );
  expect(thrown).toMatchObject({ place: { hook: 'event', write: 'createEvent Placed Order o1' } });
  expect(thrown.message).toMatch(/\(test\/unit\/extension\/adjust\.test\.ts:\d+:\d+\): threw RangeError$/);
});

function itemOf(): CatalogItem {
  return item.kind === 'upsertItem' ? item.item : expect.unreachable('an item');
}

function endless(): object {
  const properties: Record<string, unknown> = {};
  // By two ways, whose number doubles with each level.
  return Object.assign(properties, { parent: properties, children: [properties] });
}

function withGetter(): object {
  return {
    get broken(): string {
      throw new Error('noor.gast@example.org');
    },
  };
}

function thrownBy(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  return expect.unreachable('something to be thrown');
}
