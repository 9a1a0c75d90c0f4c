import { describe, expect, it } from 'vitest';
import { InvalidMessageError, RetryableError } from '../../../../shared/errors.ts';
import { localShop, notification, rejectionOf } from '../../support.ts';

const local = localShop();
const ORDER = '0de50000-0000-4000-8000-000000000003';
const NAMES = [
  'PaymentTransactionAdded',
  'PaymentTransactionAdded.payloadNotIncluded',
  'PaymentTransactionStateChanged',
  'PaymentTransactionStateChanged.payloadNotIncluded',
];

describe('a refund', () => {
  it('needs no time of the message when the transaction has one', async () => {
    const plan = await local.plan(notification('PaymentTransactionAdded', { createdAt: undefined }));
    expect(plan).toEqual(await local.plan(notification('PaymentTransactionAdded')));
  });

  it.each(['PaymentTransactionAdded', 'PaymentTransactionStateChanged'])(
    '%s is the same without its payload',
    async (name) => {
      expect(await local.plan(notification(`${name}.payloadNotIncluded`))).toEqual(
        await local.plan(notification(name)),
      );
    },
  );

  it.each(NAMES)('whose order cannot be queried yet is tried again: %s', async (name) => {
    await local.shop.remove('order', ORDER);
    expect(await rejectionOf(local.plan(notification(name)))).toBeInstanceOf(RetryableError);
  });

  it('without an amount is refused', async () => {
    const error = await rejectionOf(local.plan(notification('invalid/PaymentTransactionAdded.without-amount')));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toMatch(/PaymentTransactionAdded of payment 9a4.*transaction\.amount/);
  });
});
