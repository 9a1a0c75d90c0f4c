import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { PermanentError, RetryableError } from '../../../shared/errors.ts';
import { install } from '../../../shared/extension/install.ts';
import { lanesWith } from '../../../shared/extension/lanes.ts';
import { defineHandler, type Handler } from '../../../shared/handlers/handler.ts';
import { handlers } from '../../../shared/handlers/index.ts';
import { subscriptionsOf } from '../../../shared/handlers/subscriptions.ts';
import type { Write } from '../../../shared/klaviyo/writes.ts';
import { notification, rejectionOf, settings } from '../support.ts';

const unread = z.looseObject({});

const handler = (given: Partial<Handler> & Pick<Handler, 'name'>): Handler => ({
  ...defineHandler({ name: given.name, resource: 'key-value-document', changes: ['ResourceUpdated'], becomes: '' }),
  ...given,
});

const extension = (...given: Handler[]) => install(() => ({ name: 'acme', handlers: given }));

const CHANGED = notification('ResourceUpdated.key-value-document');

/** What a handler makes of the change of a custom object. */
async function planned(plan: () => Promise<Write[]>, milliseconds = 60_000): Promise<Write[]> {
  const [guarded] = extension({ ...handler({ name: 'loyalty' }), plan }).handlers;
  const nobody = async () => undefined;
  const context = {
    ...{ settings: settings(), freshness: 'current' as const, warn() {} },
    profiles: { byEmail: nobody, byExternalId: nobody },
  };
  return runAttempt(newAttempt(milliseconds), async () => (await guarded?.plan(CHANGED, Object(context))) ?? []);
}

describe('a handler of an extension', () => {
  it('plans what is written, with nothing cut unless it says so', async () => {
    const plan = async () => [Object({ kind: 'unpublishItem', id: 'p1' }), Object(eventWith({}))];
    expect(await planned(plan)).toEqual([
      { kind: 'unpublishItem', id: 'p1' },
      { ...eventWith({}), trimmed: [] },
    ]);
  });

  it.each(['eraseProfile', 'subscribe', 'unsubscribe'])('cannot plan %s', async (kind) => {
    expect(await rejectionOf(planned(async () => [Object({ kind, externalId: 'c1' })]))).toMatchObject({
      ...{ name: 'ExtensionError', place: { extension: 'acme', hook: 'handler loyalty' } },
      message: expect.stringContaining('0.kind'),
    });
  });

  it.each([
    ['an event of nobody', [eventWith({ profile: {} })], '0.event.profile'],
    ['an event without a time', [eventWith({ time: 'yesterday' })], '0.event.time'],
    ['no list', undefined, 'the whole'],
  ])('cannot plan %s', async (_, plan, path) => {
    const error = await rejectionOf(planned(async () => Object(plan)));
    expect(error).toMatchObject({ name: 'ExtensionError', message: expect.stringContaining(path) });
  });

  it('fails as ours do with an error of ours, and as an extension with any other', async () => {
    const refused = new PermanentError('refused');
    expect(await rejectionOf(planned(() => Promise.reject(refused)))).toBe(refused);
    expect(await rejectionOf(planned(() => Promise.reject(new TypeError('Noor'))))).toMatchObject({
      name: 'ExtensionError',
      message: expect.stringMatching(/handler loyalty .*threw TypeError$/),
    });
  });

  it('that never ends fails with the attempt, and is tried again', async () => {
    expect(await rejectionOf(planned(() => new Promise(() => {}), 20))).toBeInstanceOf(RetryableError);
  });
});

describe('handlers beside ours', () => {
  it('come after them', () => {
    const added = extension(handler({ name: 'loyalty' }));
    expect(added.beside(handlers).map(({ name }) => name)).toEqual(['loyalty']);
  });

  it('must not take what another takes, unless that one is switched off', () => {
    const taking = extension(
      handler({ name: 'orders', resource: 'order', changes: [], messages: { OrderCreated: unread } }),
      handler({ name: 'products', resource: 'product' }),
      handler({ name: 'loyalty' }),
      handler({ name: 'again' }),
    );
    expect(() => taking.beside(handlers)).toThrow(
      /orders takes OrderCreated, as order-placed does.*products takes ResourceUpdated of product, as product does.*again takes ResourceUpdated of key-value-document, as loyalty does/s,
    );
    const others = handlers.filter(({ name }) => name !== 'order-placed');
    const orders = extension(
      handler({ name: 'orders', resource: 'order', changes: [], messages: { OrderCreated: unread } }),
    );
    expect(orders.beside(others)).toHaveLength(1);
  });

  it('are subscribed to in the lane of their resource, or in the first', () => {
    const added = extension(
      handler({ name: 'loyalty' }),
      handler({ name: 'products', resource: 'product', changes: [], messages: { ProductCreated: unread } }),
      handler({ name: 'orders', resource: 'order', changes: [], messages: { OrderCreated: unread } }),
    );
    const before = subscriptionsOf(lanesWith(undefined));
    const { order, product, ...others } = subscriptionsOf(lanesWith(added));
    expect(others).toMatchObject({ 'key-value-document': { lane: 'orders', messages: [], changes: true } });
    expect(product).toMatchObject({
      lane: 'catalog',
      messages: [...(before.product?.messages ?? []), 'ProductCreated'],
    });
    expect(order).toEqual(before.order);
  });
});

function eventWith(changes: object) {
  const event = {
    metric: 'M',
    profile: { externalId: 'c1' },
    uniqueId: 'u',
    time: '2026-05-20T08:15:00Z',
    properties: {},
  };
  return { kind: 'createEvent', event: { ...event, ...changes } };
}
