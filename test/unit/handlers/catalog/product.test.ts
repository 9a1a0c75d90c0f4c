import { describe, expect, it } from 'vitest';
import { InvalidMessageError, RetryableError } from '../../../../shared/errors.ts';
import type { CatalogItem, Write } from '../../../../shared/klaviyo/writes.ts';
import type { Message } from '../../../../shared/platform-format/schema.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const id = (number: number) => `d0d00000-0000-4000-8000-00000000000${number}`;
const itemOf = ([write]: Write[]): CatalogItem =>
  write?.kind === 'upsertItem' ? write.item : expect.unreachable('no item is planned');

describe('a product that was published', () => {
  it('is hidden when it is not published any more, and deleted when it is gone', async () => {
    await local.shop.unpublish(id(1));
    expect(await local.plan(notification('ProductPublished'))).toEqual([{ kind: 'unpublishItem', id: id(1) }]);
    await local.shop.remove('product', id(1));
    expect(await local.plan(notification('ProductPublished'))).toEqual([{ kind: 'deleteItem', id: id(1) }]);
  });
});

describe('a product that was published, while the query for it lags behind the message', () => {
  const version = (notification('ProductPublished') as Message).resourceVersion ?? expect.unreachable();
  const answer = (product: Fields) => {
    const effect = { kind: 'status', status: 200, body: { results: [product] } } as const;
    local.shop.faults.add({ match: ({ path }) => path.includes('/product-projections'), effect });
  };
  const older = { id: id(1), version: version - 1, name: {}, slug: {}, masterVariant: { id: 1, sku: 'OLD' } };
  const plan = () => local.plan(notification('ProductPublished'));

  it('is an error that may pass', async () => {
    answer(older);
    const error = await rejectionOf(plan());
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toContain(`product ${id(1)} is published, but cannot be queried`);
  });

  it('is an item when the product itself is no newer', async () => {
    const jeans = (await local.shop.get('product', id(1))) ?? expect.unreachable();
    await local.shop.remove('product', jeans.id);
    await local.shop.put('product', { ...jeans, version: older.version });
    answer(older);
    expect(itemOf(await plan()).variants).toMatchObject([{ id: 'OLD' }]);
  });

  it('is hidden when it is not published any more, and deleted when it is gone', async () => {
    await local.shop.unpublish(id(1));
    answer(older);
    expect(await plan()).toEqual([{ kind: 'unpublishItem', id: id(1) }]);
    await local.shop.remove('product', id(1));
    answer(older);
    expect(await plan()).toEqual([{ kind: 'deleteItem', id: id(1) }]);
  });

  it('costs one more read only then', async () => {
    await plan();
    expect(local.shop.requests.filter(({ path }) => path.includes('/products/'))).toEqual([]);
  });

  it('and of a project with the Modular Catalog is refused in words that tell why', async () => {
    const { masterVariant, ...modular } = older;
    answer(modular);
    const error = await rejectionOf(plan());
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toMatch(new RegExp(`product ${id(1)} .*masterVariant: .*Modular Catalog.*not supported yet`));
  });
});

describe('a product that has gone since it was written', () => {
  const category = (number: number) => `ca700000-0000-4000-8000-00000000000${number}`;

  it.each([
    ['is published no more', 'ProductPublished', 'unpublishItem'],
    ['was unpublished', 'ProductUnpublished', 'unpublishItem'],
    ['is deleted', 'ProductPublished', 'deleteItem'],
  ])('and %s, takes away the categories that have gone as well', async (_, name, kind) => {
    const about = notification(name, { resource: { typeId: 'product', id: id(1) } });
    const before = await local.plan(notification('ProductPublished'));
    if (kind === 'deleteItem') await local.shop.remove('product', id(1));
    else await local.shop.unpublish(id(1));
    await local.shop.remove('category', category(2));

    expect(await local.plan(about, {}, { previous: before })).toEqual([
      { kind, id: id(1) },
      { kind: 'upsertCategory', category: { id: category(1), name: 'Women' }, descendants: [] },
      { kind: 'deleteCategory', id: category(2) },
      { kind: 'deleteCategory', id: category(3) },
    ]);
  });
});

describe('a product that was unpublished', () => {
  it('is hidden', async () => {
    expect(await local.plan(notification('ProductUnpublished'))).toEqual([{ kind: 'unpublishItem', id: id(5) }]);
  });

  it('is hidden when it is gone altogether', async () => {
    await local.shop.remove('product', id(5));
    expect(await local.plan(notification('ProductUnpublished'))).toEqual([{ kind: 'unpublishItem', id: id(5) }]);
  });

  it('is shown when it was published again since', async () => {
    await local.shop.publish(id(5));
    expect(itemOf(await local.plan(notification('ProductUnpublished'))).id).toBe(id(5));
  });

  it('is hidden while commercetools still shows it as it was before', async () => {
    await local.shop.publish(id(5));
    const { version = 0 } = (await local.shop.get('product', id(5))) ?? {};
    const about = notification('ProductUnpublished', { resourceVersion: version + 1 });
    expect(await local.plan(about)).toEqual([{ kind: 'unpublishItem', id: id(5) }]);
  });
});

it('a product that was deleted is deleted, and nothing is read', async () => {
  expect(await local.plan(notification('ResourceDeleted.product'))).toEqual([{ kind: 'deleteItem', id: id(3) }]);
  expect(local.shop.requests).toEqual([]);
});
