import { expect, it } from 'vitest';
import { newAttempt, runAttempt } from '../../../../shared/attempt.ts';
import { fixture } from '../../../fixtures/index.ts';
import { eventsOf, localShop, notification } from '../../support.ts';

const local = localShop();

it('an order that belongs to nobody asks for nothing, which is told', async () => {
  const { order } = fixture('OrderCreated');
  const nobodys = { order: { ...Object(order), customerId: undefined, customerEmail: undefined } };
  const attempt = newAttempt(10_000);
  const plan = await runAttempt(attempt, () => local.plan(notification('OrderCreated', nobodys)));
  expect(plan).toEqual([]);
  expect(attempt.warnings).toEqual([expect.stringMatching(/neither an e-mail address nor a customer/)]);
});

it('what is cut of an order is told once a name', async () => {
  const { order } = fixture('OrderCreated');
  const large = { order: { ...Object(order), notes: 'x'.repeat(200_000) } };
  const attempt = newAttempt(10_000);
  await runAttempt(attempt, () => local.plan(notification('OrderCreated', large)));
  expect(attempt.warnings).toEqual([expect.stringMatching(/cut to keep Klaviyo's limits.*notes/)]);
});

it('the discount codes that counted are read, once a process', async () => {
  const commercetools = local.reader();
  const codes = [1, 3].map((number) => `dc0de000-0000-4000-8000-00000000000${number}`);
  expect(await commercetools.discountCodes.codesOf(codes)).toEqual(['SPRING10']);
  await commercetools.discountCodes.codesOf(codes.slice(0, 1));
  expect(local.shop.requests.filter(({ path }) => path.includes('/discount-codes'))).toHaveLength(1);
  const [placed] = eventsOf(await local.plan(notification('OrderImported')));
  expect(placed?.properties).toMatchObject({ DiscountCodes: ['SPRING10'], DiscountCode: 'SPRING10' });
});

it('an order without codes asks for none', async () => {
  await local.plan(notification('OrderCreated'));
  expect(local.shop.requests.filter(({ path }) => path.includes('/discount-codes'))).toEqual([]);
});

it('without the scope for discount codes an order is told of without them, which is told', async () => {
  local.shop.faults.add({
    match: ({ path }) => path.includes('/discount-codes'),
    times: 1,
    effect: { kind: 'status', status: 403 },
  });
  const attempt = newAttempt(10_000);
  const plan = await runAttempt(attempt, () => local.plan(notification('OrderImported')));
  expect(eventsOf(plan)[0]?.properties).toMatchObject({ DiscountCodes: [] });
  expect(attempt.warnings).toEqual([expect.stringMatching(/CT_SCOPE lacks view_discount_codes/)]);
});

it('a renewal is told apart', async () => {
  const [placed] = eventsOf(await local.plan(notification('OrderCreatedFromRecurringOrder')));
  expect(placed?.properties).toMatchObject({
    IsRecurring: true,
    RecurringOrderId: '4ec00000-0000-4000-8000-000000000001',
  });
});

it('addresses are left out where the settings say so', async () => {
  const [placed] = eventsOf(await local.plan(notification('OrderCreated')));
  expect(placed?.properties).toMatchObject({ ShippingAddress: { City: 'Berlin' }, BillingAddress: { Zip: '80331' } });
  const [bare] = eventsOf(await local.plan(notification('OrderCreated'), { orders: { addresses: false } }));
  expect(bare?.properties).not.toHaveProperty('ShippingAddress');
});
