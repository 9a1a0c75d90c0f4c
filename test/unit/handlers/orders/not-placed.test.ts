import { describe, expect, it } from 'vitest';
import { GoneError, InvalidMessageError } from '../../../../shared/errors.ts';
import { ids } from '../../../fixtures/ids.ts';
import { fixture } from '../../../fixtures/index.ts';
import type { Fields } from '../../factories.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const orderNamed = ids.order;
const about = (number: number): Fields => ({ resource: { typeId: 'order', id: orderNamed(number) } });

describe('an order is not placed', () => {
  it.each([
    [3, 8, 'Complete'],
    [4, 3, 'Cancelled'],
  ])('when order %i in version %i is %s', async (number, resourceVersion) => {
    const created = notification('OrderCreated.payloadNotIncluded', { ...about(number), resourceVersion });
    expect(await local.plan(created)).toEqual([]);
    expect(await local.plan(notification('OrderCustomerSet', about(number)))).toEqual([]);
  });

  it.each(['Complete', 'Cancelled'])('when its payload says that it is %s', async (orderState) => {
    const order = { ...Object(fixture('OrderCreated').order), orderState, version: 5 };
    expect(await local.plan(notification('OrderCreated', { order }))).toEqual([]);
  });

  it('when it was imported as cancelled', async () => {
    expect(await local.plan(notification('OrderImported.payloadNotIncluded', about(4)))).toEqual([]);
  });

  it('when another e-mail is set, as it was told of under the former one', async () => {
    const changed = { oldEmail: 'noor.typo@example.org' };
    expect(await local.plan(notification('OrderCustomerEmailSet', changed))).toEqual([]);
  });

  it('when the e-mail of a customer’s order is set, as it was told of as the customer’s', async () => {
    expect(await local.plan(notification('OrderCustomerEmailSet', about(1)))).toEqual([]);
  });

  it('when it was cancelled before it could be read', async () => {
    expect(await local.plan(notification('OrderCreated.payloadNotIncluded', about(4)))).toEqual([]);
  });

  it('when the settings say that its state or its message does not place it', async () => {
    const none = [{ orders: { placedStates: ['Confirmed'] } }, { orders: { placedOn: ['OrderImported'] } }];
    for (const given of none) expect(await local.plan(notification('OrderCreated'), given)).toEqual([]);
  });

  it.each(['OrderCreated.payloadNotIncluded', 'OrderCustomerSet'])('when it is gone: %s', async (name) => {
    await local.shop.remove('order', Object(fixture(name).resource).id);
    expect(await rejectionOf(local.plan(notification(name)))).toBeInstanceOf(GoneError);
  });

  it.each([
    ['invalid/OrderCreated.without-line-items', 'order.lineItems'],
    ['invalid/OrderCreated.wrong-money', 'order.totalPrice.centAmount'],
  ])('when it is malformed: %s', async (name, path) => {
    const error = await rejectionOf(local.plan(notification(name)));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toContain(`Message OrderCreated of order ${orderNamed(1)}`);
    expect(String(error)).toContain(path);
  });
});
