import { describe, expect, test } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { categoryCreated, categoryUpdated, idOf, placed } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const [women, pants] = seeded('category');
if (!women || !pants) throw new Error('The seed lacks categories');

const id = (number: number) => idOf('ca700000', number);
const names = () => [...klaviyo.state.categories.values()].map(({ name }) => name).sort();
const calls = () => klaviyo.requests.map(({ method, path }) => `${method} ${path.split('/')[2]}`);

test('a created category is named by its breadcrumb', async () => {
  expect(await push(fixture('CategoryCreated'))).toBe(204);
  expect(klaviyo.category(id(3))).toMatchObject({
    id: `$custom:::$default:::${id(3)}`,
    external_id: id(3),
    name: 'Women > Pants > Jeans',
  });
});

test('a root is named by itself', async () => {
  expect(await push(categoryCreated(women.id))).toBe(204);
  expect(names()).toEqual(['Women']);
});

test('the breadcrumb follows the parents, in whatever order the ancestors are listed', async () => {
  const [, , jeans] = seeded('category');
  if (!jeans) throw new Error('The seed lacks a category');
  await shop.put('category', { ...jeans, ancestors: jeans.ancestors.toReversed() });

  expect(await push(fixture('CategoryCreated'))).toBe(204);
  expect(names()).toEqual(['Women > Pants > Jeans']);
});

describe('a renamed category', () => {
  test('renames its descendants, and nothing else', async () => {
    for (const number of [1, 2, 3, 4, 5, 6]) await push(categoryCreated(id(number)));
    await shop.put('category', { ...pants, name: { 'en-GB': 'Trousers' } });

    expect(await push(categoryUpdated(pants.id))).toBe(204);
    expect(names()).toEqual([
      'Women',
      'Women > Jackets',
      'Women > Jackets > Rain Jackets',
      'Women > Trousers',
      'Women > Trousers > Hiking Pants',
      'Women > Trousers > Jeans',
    ]);
  });

  test('of a deep tree renames all of it', async () => {
    await push(categoryUpdated(women.id));
    await shop.put('category', { ...women, name: { 'en-GB': 'Ladies' } });

    expect(await push(categoryUpdated(women.id))).toBe(204);
    expect(names()).toHaveLength(6);
    expect(names().every((name) => name.startsWith('Ladies'))).toBe(true);
  });

  test('of more descendants than a page and a filter take renames all of them', async () => {
    const reference = { typeId: 'category', id: pants.id } as const;
    const ancestors = [...pants.ancestors, reference];
    for (let number = 0; number < 130; number++) {
      await shop.put('category', {
        ...pants,
        id: `many-${number}`,
        name: { en: `No. ${number}` },
        ancestors,
        parent: reference,
      });
    }
    await push(categoryUpdated(pants.id));
    await shop.put('category', { ...pants, name: { 'en-GB': 'Trousers' } });

    expect(await push(categoryUpdated(pants.id))).toBe(204);
    expect(names().filter((name) => name.startsWith('Women > Trousers > No. '))).toHaveLength(130);
    expect(names()).toHaveLength(133);
  });

  test('costs two calls when nothing below it is outdated', async () => {
    await push(categoryUpdated(pants.id));
    klaviyo.requests.length = 0;

    expect(await push(categoryUpdated(pants.id))).toBe(204);
    expect(calls()).toEqual(['PATCH catalog-categories', expect.stringMatching(/^GET catalog-categories/)]);
  });
});

describe('what Klaviyo says is not a failure', () => {
  test('a category that is unknown is created, and updated when somebody else was faster', async () => {
    const match = ({ method }: { method: string }) => method === 'POST';
    klaviyo.faults.add({ match, effect: { kind: 'lost-reply' } });

    expect(await push(fixture('CategoryCreated'))).toBe(204);
    expect(calls()).toEqual(['PATCH', 'POST', 'POST', 'PATCH'].map((method) => `${method} catalog-categories`));
    expect(names()).toEqual(['Women > Pants > Jeans']);
  });

  test('one that is to be deleted may be gone already', async () => {
    await push(categoryCreated(id(10)));

    expect(await push(fixture('ResourceDeleted.category'))).toBe(204);
    expect(names()).toEqual([]);
    expect(await push(fixture('ResourceDeleted.category'))).toBe(204);
  });
});

test('a category that is gone from commercetools is deleted, and the message acknowledged', async () => {
  await shop.remove('category', id(3));

  expect(await push(fixture('CategoryCreated'))).toBe(204);
  expect(klaviyo.requests).toMatchObject([{ method: 'DELETE', status: 404 }]);
  expect(log).toMatchObject([{ outcome: 'synced' }]);
});

test('an order has categories as old as the settings allow', async () => {
  const [order] = seeded('order');
  if (!order) throw new Error('The seed lacks an order');
  const categoriesAfterRenaming = async (categoryCacheSeconds: number) => {
    const own = await functionForTest({ KLAVIYO_SYNC_SETTINGS: JSON.stringify({ catalog: { categoryCacheSeconds } }) });
    await own.push(placed({ ...order, id: 'before' }));
    await own.shop.put('category', { ...women, name: { 'en-GB': 'Ladies' } });
    await own.push(placed({ ...order, id: 'after' }));
    return own.klaviyo.eventsOf('Placed Order').find(({ unique_id }) => unique_id === 'after')?.properties.Categories;
  };

  expect(await categoriesAfterRenaming(3600)).toContain('Women > Pants');
  expect(await categoriesAfterRenaming(0)).toContain('Ladies > Pants');
});
