import { fixtureText } from '../../../test/fixtures/index.ts';
import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { change, message, messageWithoutPayload } from './notifications.ts';
import { MARK } from './people.ts';
import { firstSeeded } from './seeded.ts';

const MALFORMED = [
  'CategoryCreated.without-name.json',
  'CustomerCreated.wrong-types.json',
  'Message.without-type.json',
  'OrderCreated.without-line-items.json',
  'OrderCreated.wrong-money.json',
  'PaymentTransactionAdded.without-amount.json',
  'array.json',
  'no-notification-type.json',
  'not-json.txt',
];

/**
 * A message that can never succeed: malformed, about something that never comes or, every other one, refused by Klaviyo. What
 * Klaviyo refuses are events, which travel with those of good orders.
 */
export function poison(random: Random): Change[] {
  const id = random.uuid();
  const resource = { id, version: 1 };
  const amount = { type: 'centPrecision', currencyCode: 'EUR', centAmount: 1, fractionDigits: 2 };
  const transaction = {
    id: random.uuid(),
    type: 'Refund',
    state: 'Success',
    amount,
    timestamp: '2026-06-01T00:00:00.000Z',
  };
  const refused = () =>
    message('OrderCreated', 'order', resource, {
      order: { ...firstSeeded('order'), id, customerId: undefined, customerEmail: `${MARK} no address` },
    });
  const payload = random.pick<() => object | string>([
    ...[refused, refused],
    // Told apart by what follows the JSON, which is no part of it.
    () => `${fixtureText(`invalid/${random.pick(MALFORMED)}`)}${' '.repeat(1 + random.below(10_000))}`,
    () => message('PaymentTransactionAdded', 'payment', resource, { transaction }),
  ])();
  return [{ kind: 'poison', payload }];
}

/** A notification that is well formed and asks for nothing, or is about what is gone. */
export function ignored(random: Random): Change[] {
  const resource = { id: random.uuid(), version: 1 };
  const payload = random.pick([
    () => change('Created', 'subscription', resource),
    () => change('Updated', 'product', resource),
    () => change('Updated', 'order', resource),
    () => change('Updated', 'customer', resource),
    () => message('CustomerEmailVerified', 'customer', resource, {}),
    () => messageWithoutPayload('ProductPublished', 'product', resource),
    () => ({
      notificationType: 'Event',
      projectKey: 'demo-shop',
      id: resource.id,
      type: 'ImportContainerCreated',
      data: {},
    }),
  ])();
  return [{ kind: 'ignored', payload }];
}
