import { describe, expect, it } from 'vitest';
import { InvalidMessageError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import { fixture } from '../../../fixtures/index.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const id = ids.category;

describe('a category', () => {
  it('that was deleted is deleted, and nothing is read', async () => {
    const plan = await local.plan(notification('ResourceDeleted.category'));
    expect(plan).toEqual([{ kind: 'deleteCategory', id: id(10) }]);
    expect(local.shop.requests).toEqual([]);
  });

  it.each(['CategoryCreated', 'ResourceCreated.category', 'ResourceUpdated.category'])(
    'that is gone is deleted: %s',
    async (name) => {
      await local.shop.remove('category', Object(fixture(name).resource).id);
      const plan = await local.plan(notification(name));
      expect(plan).toEqual([{ kind: 'deleteCategory', id: Object(fixture(name).resource).id }]);
    },
  );

  it('whose descendant was deleted after it had been written takes that away again', async () => {
    const before = await local.plan(notification('ResourceUpdated.category'));
    await local.shop.remove('category', id(4));
    const plan = await local.plan(notification('ResourceUpdated.category'), {}, { previous: before });
    expect(plan.slice(1)).toEqual([{ kind: 'deleteCategory', id: id(4) }]);
  });

  it('that has gone itself after it had been written takes its descendants away as well', async () => {
    const before = await local.plan(notification('ResourceUpdated.category'));
    await local.shop.remove('category', id(2));
    const plan = await local.plan(notification('ResourceUpdated.category'), {}, { previous: before });
    expect(plan).toEqual([2, 3, 4].map((number) => ({ kind: 'deleteCategory', id: id(number) })));
  });

  it('that is malformed is refused', async () => {
    const error = await rejectionOf(local.plan(notification('invalid/CategoryCreated.without-name')));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toMatch(/CategoryCreated of category ca7.*category\.name/);
  });
});
