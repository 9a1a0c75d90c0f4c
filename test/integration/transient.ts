import { setTimeout as sleep } from 'node:timers/promises';
import type { Effect } from '../doubles/faults.ts';
import { fixture } from '../fixtures/index.ts';

/** What may pass by itself, with a name each. A hang is not among them, as it takes a time limit. */
export const TRANSIENT: [string, Effect][] = [
  ['a reset', { kind: 'reset' }],
  ['a lost reply', { kind: 'lost-reply' }],
  ...[408, 429, 500, 503].map((status): [string, Effect] => [String(status), { kind: 'status', status }]),
  ['somebody else’s page', { kind: 'garbage', applied: false }],
  ['somebody else’s page in place of the answer', { kind: 'garbage', applied: true }],
  ['a truncated answer', { kind: 'garbage', applied: true, truncated: true }],
];

const answered = (status: number, body: unknown): [string, Effect] => [
  `${status} ${JSON.stringify(body)}`,
  { kind: 'status', status, body },
];

/** What something in between may answer in Klaviyo's place: nothing that Klaviyo documents for any call that writes. */
export const FOREIGN: [string, Effect][] = [
  ...[200, 201, 203, 206, 302, 400, 404, 409].map((status) => answered(status, '')),
  ...[200, 201, 302, 400, 404, 409].map((status) => answered(status, { message: 'no such route' })),
  answered(404, { errors: [{ code: 'route_not_found', detail: 'No such route.' }] }),
];

/** A refusal that asks for hardly any patience. */
export const AT_ONCE: Effect = { kind: 'status', status: 429, retryAfter: 0 };

/** A refusal that only waiting helps against: longer than any attempt. */
export const TOO_LONG: Effect = { kind: 'status', status: 429, retryAfter: 3600 };

/** A notification of every handler, no two about the same thing. */
export const NOTIFICATIONS = [
  'CustomerCreated',
  'ResourceUpdated.customer',
  'OrderCreated',
  'OrderImported',
  'OrderStateChanged.Complete',
  'OrderStateChanged.Cancelled',
  'PaymentTransactionAdded',
  'CategoryCreated',
  'ProductPublished',
  'ProductUnpublished',
  'ResourceDeleted.product',
  'ResourceCreated.inventory-entry',
].map(fixture);

/** Those of them that have to be read about in commercetools. */
export const READING = NOTIFICATIONS.filter(
  ({ type, notificationType }) => type !== 'CustomerCreated' && notificationType !== 'ResourceDeleted',
);

/** Waits until a server has not been called for longer than the pauses between quick tries are. */
export async function untilQuiet({ requests }: { requests: unknown[] }): Promise<void> {
  for (let seen = -1; seen !== requests.length; ) {
    seen = requests.length;
    await sleep(650);
  }
}
