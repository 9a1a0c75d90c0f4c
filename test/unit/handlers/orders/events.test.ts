import { expect, it } from 'vitest';
import { newAttempt, runAttempt } from '../../../../shared/attempt.ts';
import { fixture } from '../../../fixtures/index.ts';
import { localShop, notification } from '../../support.ts';

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
