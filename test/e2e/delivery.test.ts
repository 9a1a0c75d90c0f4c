import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../tools/sandbox/world.ts';
import type { AttemptLine } from '../doubles/attempts.ts';
import { eventually } from '../doubles/eventually.ts';

import { fixture, fixtureText } from '../fixtures/index.ts';
import { brokers } from './emulator.ts';

describe.each(brokers)('through $kind', ({ kind, isSkipped }) => {
  let world: World;

  beforeAll(async () => {
    if (!isSkipped) world = await startWorld({ broker: kind });
  });

  afterAll(() => world?.stop());

  const publish = (name: string) => world.broker.publish(JSON.stringify(fixture(name)));

  /** The attempts at a message, up to the one that it is acknowledged with. */
  const acknowledged = (messageId: string): Promise<AttemptLine[]> =>
    eventually(() => {
      const attempts = world.fn.attempts(messageId);
      return attempts.some(({ outcome }) => outcome !== 'failed') ? attempts : undefined;
    }, `message ${messageId} to be acknowledged`);

  /** All five attempts at a message that is given up: its dead letter may arrive before the log of the last one. */
  const givenUp = (messageId: string): Promise<AttemptLine[]> =>
    eventually(() => {
      const attempts = world.fn.attempts(messageId);
      return attempts.length >= 5 ? attempts : undefined;
    }, `message ${messageId} to be given up`);

  const deadLetter = (data: string) =>
    eventually(
      async () => (await world.broker.deadLetters()).find((letter) => letter.data === data),
      'the dead letter',
    );

  it.skipIf(isSkipped)('a customer, an order and a product arrive in Klaviyo', async () => {
    const names = ['CustomerCreated', 'OrderCreated.payloadNotIncluded', 'ProductPublished'];
    const attempts = await Promise.all(names.map(async (name) => acknowledged(await publish(name))));

    expect(attempts.flat()).toMatchObject([
      { handler: 'customer', outcome: 'synced' },
      { handler: 'order-placed', outcome: 'synced' },
      { handler: 'product', outcome: 'synced' },
    ]);
    const { klaviyo } = world;
    expect(klaviyo.profileByEmail('lena.brandt@example.org')).toMatchObject({
      external_id: 'c0500000-0000-4000-8000-000000000001',
      phone_number: '+491713920015',
    });
    expect(klaviyo.eventsOf('Placed Order')).toMatchObject([{ value: 413.8, value_currency: 'EUR' }]);
    expect(klaviyo.eventsOf('Ordered Product')).toHaveLength(2);
    expect(klaviyo.item('d0d00000-0000-4000-8000-000000000001')).toMatchObject({ title: 'Straight Jeans Indigo' });
    expect(klaviyo.variantsOf('d0d00000-0000-4000-8000-000000000001')).toHaveLength(6);
    expect(klaviyo.violations).toEqual([]);
  });

  it.skipIf(isSkipped)('a message that failed half way is delivered again, and nothing doubles', async () => {
    // The first event passes, the other two are refused in all three tries of the first attempt.
    const isEvent = ({ path }: { path: string }) => path.startsWith('/api/events');
    world.klaviyo.faults.add({ match: isEvent, after: 1, times: 6, effect: { kind: 'status', status: 500 } });
    const attempts = await acknowledged(await publish('OrderImported'));

    expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'synced']);
    expect(attempts[0]?.error?.class).toBe('RetryableError');
    const ofOrder = world.klaviyo.state.events.filter(({ properties }) => properties.OrderId === '2026-1002');
    const metrics = ofOrder.map(({ metric }) => metric).sort();
    expect(metrics).toEqual(['Ordered Product', 'Ordered Product', 'Placed Order']);
  });

  it.skipIf(isSkipped)('a malformed message is given up whole after five attempts, and the log says why', async () => {
    const data = fixtureText('invalid/OrderCreated.wrong-money.json');
    const messageId = await world.broker.publish(data, { origin: 'test' });
    const { attributes } = await deadLetter(data);

    expect(attributes).toMatchObject({ origin: 'test', CloudPubSubDeadLetterSourceDeliveryCount: '5' });
    const failed = { outcome: 'failed', error: { message: expect.stringContaining('order.totalPrice.centAmount') } };
    expect(await givenUp(messageId)).toMatchObject(Array(5).fill(failed));
    // Pub/Sub gives a dead letter an id of its own: what it has in common with its attempts is commercetools' id.
    const { id } = JSON.parse(data);
    expect(
      world.fn
        .process()
        .output()
        .split('\n')
        .filter((line) => line.includes(`"notificationId":"${id}"`) && line.includes('"failed"')),
    ).toHaveLength(5);
  });

  it.skipIf(isSkipped)(
    'a message that is not JSON is given up whole, and the log tells it by its messageId',
    async () => {
      const data = fixtureText('invalid/not-json.txt');
      const messageId = await world.broker.publish(data);
      await deadLetter(data);

      const failed = { outcome: 'failed', error: { class: 'InvalidMessageError' } };
      expect(await givenUp(messageId)).toMatchObject(Array(5).fill(failed));
    },
  );
});
