import { describe, expect, it } from 'vitest';
import { InvalidMessageError, RetryableError } from '../../../../shared/errors.ts';
import type { CatalogItem, Write } from '../../../../shared/klaviyo/writes.ts';
import type { Message } from '../../../../shared/platform-format/schema.ts';
import { ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const id = (number: number) => `d0d00000-0000-4000-8000-00000000000${number}`;
const itemOf = ([write]: Write[]): CatalogItem =>
  write?.kind === 'upsertItem' ? write.item : expect.unreachable('no item is planned');

/** How often this was asked of commercetools. */
const asked = (part: string) => local.shop.requests.filter(({ path }) => path.includes(part)).length;

describe('a product that was published', () => {
  it('has the stock of the inventory, which the projection does not show yet', async () => {
    const entry =
      (await local.shop.get('inventory-entry', '10500000-0000-4000-8000-000000000001')) ?? expect.unreachable();
    await local.shop.put('inventory-entry', { ...entry, availableQuantity: 2 });
    const { variants } = itemOf(await local.plan(notification('ProductPublished')));
    expect(variants).toMatchObject([{ id: 'JEANS-IND-27', inventoryQuantity: 2 }, {}, {}, {}, {}, {}]);
  });

  it.each([
    ['tells its SKUs', notification('ProductPublished')],
    ['is of another shape', notification('ProductPublished', { productProjection: { masterVariant: 1 } })],
    ['tells other SKUs', notification('ProductPublished', { productProjection: { masterVariant: { sku: 'OLD' } } })],
    ['is not included', notification('ProductPublished.payloadNotIncluded')],
  ])('has its stock when the payload %s', async (_, about) => {
    const { variants } = itemOf(await local.plan(about));
    expect(variants.map(({ inventoryQuantity, inventoryPolicy }) => [inventoryQuantity, inventoryPolicy])).toEqual([
      ...[
        [12, 1],
        [0, 1],
        [5, 1],
      ],
      ...[
        [9, 1],
        [0, 2],
        [8, 1],
      ],
    ]);
  });

  it('has its stock read once, beside it, when the payload or an earlier plan tells its SKUs', async () => {
    const [told, untold] = [notification('ProductPublished'), notification('ProductPublished.payloadNotIncluded')];
    const previous = await local.plan(told);
    expect(asked('/inventory')).toBe(1);
    const match = ({ path }: { path: string }) => path.includes('/product-projections');
    for (const [about, options] of [
      [told, {}],
      [untold, { previous }],
    ] as const) {
      local.shop.requests.length = 0;
      const until = (async () => expect.poll(() => asked('/inventory')).toBe(1))();
      local.shop.faults.add({ match, effect: { kind: 'held', onApplied() {}, until } });
      expect(await local.plan(about, {}, options)).toEqual(previous);
      expect(asked('/inventory')).toBe(1);
    }
  });

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
    expect(String(error)).toMatch(new RegExp(`product ${id(1)} .*masterVariant: .*Modular Catalog.*catalog.model`));
  });
});

describe('a product that was updated', () => {
  const updated = (number: number, version = 1) =>
    notification('ResourceUpdated.product', { resource: { typeId: 'product', id: id(number) }, version });

  it('is written where it differs, without the stock, after one read', async () => {
    const [write] = await local.plan(updated(1));
    expect(write).toMatchObject({ kind: 'upsertItem', ifChanged: true });
    for (const variant of itemOf(write ? [write] : []).variants)
      expect(variant).not.toHaveProperty('inventoryQuantity');
    expect(local.shop.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  it('is planned with its stock when it was written, or was missing in Klaviyo', async () => {
    const previous = await local.plan(updated(1));
    const [write] = await local.plan(updated(1), {}, { previous });
    expect(write).toMatchObject({ kind: 'upsertItem', ifChanged: true });
    expect(itemOf(write ? [write] : []).variants[0]).toMatchObject({ inventoryQuantity: 12 });
  });

  it('asks for nothing while it is not published, after one read', async () => {
    expect(await local.plan(updated(5))).toEqual([]);
    expect(local.shop.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  it.each(['unpublishItem', 'deleteItem'] as const)('and gone since it was written is an %s', async (kind) => {
    const previous = await local.plan(updated(1));
    if (kind === 'deleteItem') await local.shop.remove('product', id(1));
    else await local.shop.unpublish(id(1));
    const [write] = await local.plan(updated(1), {}, { previous });
    expect(write).toEqual({ kind, id: id(1) });
  });

  it('is an error that may pass while the query lags behind', async () => {
    const jeans = (await local.shop.get('product', id(1))) ?? expect.unreachable();
    const body = { results: [{ ...jeans.masterData.current, id: jeans.id, version: jeans.version }] };
    const { version } = await local.shop.put('product', jeans);
    const match = ({ path }: { path: string }) => path.includes('/product-projections');
    local.shop.faults.add({ match, times: 2, effect: { kind: 'status', status: 200, body } });
    expect(await rejectionOf(local.plan(updated(1, version)))).toBeInstanceOf(RetryableError);
    expect(itemOf(await local.plan(updated(1, version))).id).toBe(id(1));
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

describe('a variant that went to another product while this one was written', () => {
  it('has its texts written again by the product that has it now', async () => {
    const [written] = await local.plan(notification('ProductPublished'));
    if (written?.kind !== 'upsertItem') return expect.unreachable();
    const [variant] = written.item.variants;
    const before = { ...written, item: { ...written.item, variants: [{ ...Object(variant), sku: 'STORM-MOSS-S' }] } };
    const plan = await local.plan(notification('ProductPublished'), {}, { previous: [before] });
    expect(plan.map((write) => 'item' in write && write.item.id)).toEqual([ids.product(1), ids.product(2)]);
  });
});
