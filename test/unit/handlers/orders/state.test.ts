import { describe, expect, it } from 'vitest';
import { InvalidMessageError } from '../../../../shared/errors.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();

describe('an order whose state changed', () => {
  it('asks for nothing in any other state, and reads nothing', async () => {
    expect(await local.plan(notification('OrderStateChanged.Open'))).toEqual([]);
    expect(local.shop.requests).toEqual([]);
  });

  it('asks for nothing when the order is in another state and the payload was too large', async () => {
    const resource = { typeId: 'order', id: '0de50000-0000-4000-8000-000000000001' };
    expect(await local.plan(notification('OrderStateChanged.Complete.payloadNotIncluded', { resource }))).toEqual([]);
  });

  it.each(['orderState', 'createdAt'])('is refused when the message lacks its %s', async (field) => {
    const about = notification('OrderStateChanged.Complete', { [field]: undefined });
    const error = await rejectionOf(local.plan(about));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toContain(field);
  });
});
