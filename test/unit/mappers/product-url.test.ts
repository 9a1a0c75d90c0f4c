import { describe, expect, it } from 'vitest';
import { productUrl } from '../../../shared/mappers/product-url.ts';
import { settings } from '../support.ts';

const PRODUCT = { id: 'p-1', key: 'jeans', slug: { 'en-GB': 'jeans', 'de-DE': 'hose' }, sku: 'SKU 1/2' };
const urlOf = (productUrlTemplate: string | undefined, locale?: string) =>
  productUrl(PRODUCT, settings({ productUrlTemplate, locale }));

describe('productUrl', () => {
  it.each([
    ['{{productSlug}}', 'hose'],
    ['{{productId}}', 'p-1'],
    ['{{productKey}}', 'jeans'],
    ['{{sku}}', 'SKU%201%2F2'],
    ['{{locale}}', 'de-DE'],
  ])('fills in %s', (placeholder, expected) => {
    expect(urlOf(`https://shop.example.org/${placeholder}`, 'de-DE')).toBe(`https://shop.example.org/${expected}`);
  });

  it('fills in a placeholder wherever it stands', () => {
    expect(urlOf('https://{{locale}}.example.org/{{sku}}?s={{sku}}', 'de-DE')).toBe(
      'https://de-DE.example.org/SKU%201%2F2?s=SKU%201%2F2',
    );
  });

  it('takes the locale of the slug when none is preferred', () => {
    expect(urlOf('https://shop.example.org/{{locale}}/{{productSlug}}')).toBe('https://shop.example.org/en-GB/jeans');
  });

  it.each([
    ['de', 'de-DE/hose'],
    ['DE-at', 'de-DE/hose'],
    ['fr-FR', 'en-GB/jeans'],
  ])('names the locale of the slug that it takes for %s', (locale, expected) => {
    expect(urlOf('https://shop.example.org/{{locale}}/{{productSlug}}', locale)).toBe(
      `https://shop.example.org/${expected}`,
    );
  });

  it('names the preferred locale where there is no slug', () => {
    const configured = settings({
      productUrlTemplate: 'https://shop.example.org/{{locale}}/{{productId}}',
      locale: 'de',
    });
    expect(productUrl({ id: 'p-1' }, configured)).toBe('https://shop.example.org/de/p-1');
  });

  it.each(['productKey', 'sku', 'productSlug', 'locale'])('is undefined when there is no %s to fill in', (name) => {
    const configured = settings({ productUrlTemplate: `https://shop.example.org/{{productId}}/{{${name}}}` });
    expect(productUrl({ id: 'p-1' }, configured)).toBeUndefined();
  });

  it('is undefined without a template', () => {
    expect(urlOf(undefined)).toBeUndefined();
  });
});
