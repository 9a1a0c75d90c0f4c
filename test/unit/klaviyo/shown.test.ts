import { describe, expect, it } from 'vitest';
import { differing, inKlaviyosNames, isShown } from '../../../shared/klaviyo/writers/shown.ts';

const shown = (attributes: object) => ({ id: '1', attributes: { ...attributes } });

describe('what Klaviyo shows of an object', () => {
  it.each([
    ['the same', { title: 'Jeans', price: 1.5, published: true }, { title: 'Jeans', price: 1.5, published: true }],
    ['more than is asked', { title: 'Jeans' }, { title: 'Jeans', created: '2026-01-01' }],
    ['nothing of what is not to be written', { title: 'Jeans', inventoryQuantity: undefined }, { title: 'Jeans' }],
    ['another spelling of its name', { imageFullUrl: 'a' }, { image_full_url: 'a' }],
    ['null for an empty text', { description: '' }, { description: null }],
    ['nothing for null', { imageFullUrl: null }, {}],
    [
      'the same metadata in another order',
      { customMetadata: { a: '1', b: '2' } },
      { custom_metadata: { b: '2', a: '1' } },
    ],
  ])('is as it is to be: %s', (_, wanted, attributes) => {
    expect(isShown(wanted, shown(attributes))).toBe(true);
  });

  it.each([
    ['another value', { price: 2 }, { price: 1 }],
    ['0 where there is none', { price: 0 }, { price: null }],
    ['hidden', { published: true }, { published: false }],
    ['a text that is to go', { imageFullUrl: null }, { image_full_url: 'a' }],
    ['other metadata', { customMetadata: { a: '1' } }, { custom_metadata: { a: '1', b: '2' } }],
  ])('is not as it is to be: %s', (_, wanted, attributes) => {
    expect(isShown(wanted, shown(attributes))).toBe(false);
  });

  it('is never as it is to be when it is not there', () => {
    expect(isShown({}, undefined)).toBe(false);
  });
});

it('names the values that are shown otherwise, by Klaviyo’s names', () => {
  const wanted = inKlaviyosNames({ title: 'Jeans', imageFullUrl: 'a', price: 1, inventoryQuantity: undefined });
  expect(differing(wanted, { title: 'Jeans', image_full_url: 'b' })).toEqual(['image_full_url', 'price']);
});
