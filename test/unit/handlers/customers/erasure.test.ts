import { describe, expect, it } from 'vitest';
import { InvalidMessageError, RetryableError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const DELETED = ids.customer(9);
const ERASED = [{ kind: 'eraseProfile', externalId: DELETED }];

const planned = (fields: Fields = {}, customers: Fields = {}) =>
  local.plan(notification('ResourceDeleted.customer', fields), { customers });

describe('a customer who was deleted', () => {
  it('is erased when that was asked for', async () => {
    expect(await planned()).toEqual(ERASED);
  });

  it.each([undefined, false, null])('is kept when dataErasure is %s', async (dataErasure) => {
    expect(await planned({ dataErasure })).toEqual([]);
    expect(await planned({ dataErasure }, { onDelete: 'erase' })).toEqual(ERASED);
  });

  it('is kept whatever was asked for when the settings say so', async () => {
    expect(await planned({}, { onDelete: 'keep' })).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('is erased whatever the stores that are synced', async () => {
    const stores = { include: ['summit'], withoutStore: false };
    expect(await local.plan(notification('ResourceDeleted.customer'), { stores })).toEqual(ERASED);
  });

  it('is not erased while commercetools still has the customer', async () => {
    const planning = planned({ resource: { typeId: 'customer', id: ids.customer(1) } });
    expect(await rejectionOf(planning)).toBeInstanceOf(RetryableError);
  });

  it.each(['true', 1, {}])('is refused when dataErasure is %j', (dataErasure) => {
    expect(() => notification('ResourceDeleted.customer', { dataErasure })).toThrow(InvalidMessageError);
  });
});

it('nothing is erased with another resource, nor by a message', async () => {
  for (const name of ['ResourceDeleted.category', 'ResourceDeleted.product', 'ResourceDeleted.inventory-entry']) {
    const writes = await local.plan(notification(name, { dataErasure: true }), { customers: { onDelete: 'erase' } });
    expect(writes.map(({ kind }) => kind)).not.toContain('eraseProfile');
  }
});
