import { expect, it } from 'vitest';
import { handlers } from '../../../shared/handlers/index.ts';
import { fixtureNames } from '../../fixtures/index.ts';
import { handlerNames, localShop, notification } from '../support.ts';

const local = localShop();
const accepting = (name: string) =>
  handlers.filter(({ accepts }) => accepts(notification(name))).map((handler) => handler.name);

const IGNORED = [
  'CustomerEmailVerified',
  'Event',
  'ResourceCreated.customer',
  'ResourceCreated.product',
  'ResourceCreated.subscription',
  'ResourceUpdated.order',
  'ResourceUpdated.product',
];

it.each(IGNORED)('%s asks for nothing', async (name) => {
  expect(accepting(name)).toEqual([]);
  expect(await local.plan(notification(name))).toEqual([]);
});

it.each(fixtureNames().filter((name) => !IGNORED.includes(name)))('%s is for exactly one handler', (name) => {
  expect(accepting(name)).toHaveLength(1);
});

it('a malformed payload is for the same handler as a good one, so that it is an error and not ignored', () => {
  expect(accepting('invalid/OrderCreated.without-line-items')).toEqual(accepting('OrderCreated'));
});

it('a handler plans nothing for a notification that it does not accept', async () => {
  for (const handler of handlers) {
    const context = { commercetools: local.reader(), settings: {} as never, payload: 'current' as const, previous: [] };
    expect(await handler.plan(notification('Event'), context)).toEqual([]);
  }
});

it('every handler has a name of its own', () => {
  expect(new Set(handlerNames).size).toBe(handlers.length);
});
