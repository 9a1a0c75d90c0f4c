import { describe, expect, it } from 'vitest';
import { breadcrumbs, toCatalogCategories, toCatalogCategory } from '../../../../shared/mappers/catalog/category.ts';
import { category, type Fields, product } from '../../factories.ts';

const name = (en: string, de: string) => ({ 'en-GB': en, 'de-DE': de });
const women = { id: 'women', obj: { name: name('Women', 'Damen') } };
const pants = { id: 'pants', obj: { name: name('Pants', 'Hosen'), parent: { id: 'women' } } };
const jeans = { id: 'jeans', name: name('Jeans', 'Jeans'), parent: { id: 'pants' } };

const inCategories = (...objects: Fields[]) =>
  product({ categories: objects.map((obj) => ({ typeId: 'category', id: obj.id, obj })) });

describe('toCatalogCategory', () => {
  it.each([
    ['from the root down', [women, pants]],
    ['from the parent up', [pants, women]],
  ])('names a category by its breadcrumb when its ancestors are listed %s', (_, ancestors) => {
    const breadcrumb = { id: 'jeans', name: 'Damen > Hosen > Jeans' };
    expect(toCatalogCategory(category({ ...jeans, ancestors }), 'de-DE')).toEqual(breadcrumb);
  });

  it('takes the ancestors as they are listed when their parents are not told', () => {
    const ancestors = [women, { id: 'pants', obj: { name: name('Pants', 'Hosen') } }];
    expect(toCatalogCategory(category({ ...jeans, ancestors }), 'en-GB').name).toBe('Women > Pants > Jeans');
  });

  it('leaves out the name of an ancestor that could not be expanded', () => {
    const ancestors = [{ id: 'women' }, pants];
    expect(toCatalogCategory(category({ ...jeans, ancestors }), 'en-GB').name).toBe('Pants > Jeans');
  });

  it('names a category by its id when it has no name', () => {
    expect(toCatalogCategory(category({ name: {} }), 'en-GB')).toEqual({ id: 'women', name: 'women' });
  });

  it('does not loop when categories are each other’s parents', () => {
    const ancestors = [{ id: 'women', obj: { name: name('Women', 'Damen'), parent: { id: 'pants' } } }, pants];
    expect(toCatalogCategory(category({ ...jeans, ancestors }), 'en-GB').name).toBe('Women > Pants > Jeans');
  });
});

describe('the categories of a product', () => {
  it.each([
    ['from the root down', [women, pants]],
    ['from the parent up', [pants, women]],
  ])('come with all their ancestors, those first, when they are listed %s', (_, ancestors) => {
    expect(toCatalogCategories(inCategories({ ...jeans, ancestors }), 'en-GB')).toEqual([
      { id: 'women', name: 'Women' },
      { id: 'pants', name: 'Women > Pants' },
      { id: 'jeans', name: 'Women > Pants > Jeans' },
    ]);
  });

  it('are told once each', () => {
    const hiking = { id: 'hiking', name: name('Hiking', 'Wandern'), parent: { id: 'pants' } };
    const ancestors = [women, pants];
    expect(breadcrumbs(inCategories({ ...jeans, ancestors }, { ...hiking, ancestors }), 'en-GB')).toEqual([
      'Women',
      'Women > Pants',
      'Women > Pants > Jeans',
      'Women > Pants > Hiking',
    ]);
  });

  it('lose the names of what could not be expanded, and nothing else', () => {
    const { categories } = inCategories({ ...jeans, ancestors: [women, pants] });
    const withUnknown = { id: 'product-1', categories: [{ id: 'unknown' }, ...categories] };
    expect(breadcrumbs(withUnknown, 'en-GB')).toEqual(['Women', 'Women > Pants', 'Women > Pants > Jeans']);
  });

  it('have no breadcrumb that lacks a step', () => {
    const ancestors = [women, { id: 'pants' }];
    expect(breadcrumbs(inCategories({ ...jeans, ancestors }), 'en-GB')).not.toContain('Women > Jeans');
  });
});
