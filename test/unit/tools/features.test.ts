import { describe, expect, test } from 'vitest';
import { HANDLER_NAMES } from '../../../shared/config/settings/handlers.ts';
import { defineHandler } from '../../../shared/handlers/handler.ts';
import { featuresOf } from '../../../tools/operator/doctor/extension.ts';
import { FEATURES, needsOf, switchedOn } from '../../../tools/operator/doctor/features.ts';
import type { Fields } from '../factories.ts';
import { settings } from '../support.ts';

const namesOf = (given: Fields) => switchedOn(settings(given)).map(({ name }) => name);

describe('the features that the doctor knows', () => {
  test('are done by every handler that there is', () => {
    expect(new Set(FEATURES.flatMap(({ handlers }) => handlers))).toEqual(new Set(HANDLER_NAMES));
  });

  test('are on while one of their handlers is', () => {
    expect(namesOf({ handlers: { disabled: ['category'] } })).toContain('categories and products');
    expect(namesOf({ handlers: { disabled: ['category', 'product'] } })).not.toContain('categories and products');
  });

  test.each([
    ['reviews of customers', { reviews: { events: true } }],
    ['dates of Standalone prices', { prices: { watchDates: true } }],
    ['carts that were left', { checkouts: { urlTemplate: 'https://shop.example.org/{{cartId}}' } }],
  ])('are on only when the settings ask for them: %s', (name, given) => {
    expect(namesOf({})).not.toContain(name);
    expect(namesOf(given)).toContain(name);
  });

  test('tell groups until the settings leave them out', () => {
    expect(namesOf({})).toContain('groups of customers');
    expect(namesOf({ customers: { properties: { exclude: ['CustomerGroup'] } } })).toContain('groups of customers');
    const none = { customers: { properties: { include: ['Stores'] } } };
    expect(namesOf(none)).not.toContain('groups of customers');
  });

  test('miss discount codes in every event of an order', () => {
    const lackCodes = FEATURES.filter(({ optional = [] }) =>
      optional.some(({ scope }) => scope === 'view_discount_codes'),
    );
    expect(lackCodes.map(({ name }) => name)).toEqual([
      'placed orders',
      'fulfilled and cancelled orders',
      'refunds',
      'shipments and returns',
    ]);
  });

  test('are those of an extension, too, as far as the resource of a handler tells', () => {
    const handlers = ['key-value-document', 'quote'].map((resource) =>
      defineHandler({ name: `of ${resource}`, resource, changes: ['ResourceUpdated'], becomes: '' }),
    );
    const features = featuresOf({ handlers });
    expect(needsOf(switchedOn(settings(), features), ({ commercetools }) => commercetools)).toEqual([
      ['view_key_value_documents', 'the handler of key-value-document of the extension'],
    ]);
  });

  test('tell what needs a scope, each feature once', () => {
    const [first] = FEATURES;
    const twice = first ? [first, first] : [];
    expect(needsOf(twice, ({ commercetools }) => commercetools)).toEqual([['view_customers', 'profiles of customers']]);
  });
});
