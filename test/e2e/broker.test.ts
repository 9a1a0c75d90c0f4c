import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventually } from '../doubles/eventually.ts';
import { createFaults } from '../doubles/faults.ts';
import { type SandboxServer, startServer } from '../doubles/http.ts';
import { type Broker, startBroker } from '../doubles/pubsub/broker.ts';
import { SUBSCRIPTION } from '../doubles/pubsub/client.ts';
import { brokers } from './emulator.ts';

const push = z.object({
  subscription: z.literal(SUBSCRIPTION),
  message: z.object({
    data: z.base64(),
    messageId: z.string(),
    publishTime: z.iso.datetime(),
    attributes: z.record(z.string(), z.string()).default({}),
  }),
});

const dataOf = (body: unknown) => Buffer.from(push.parse(body).message.data, 'base64').toString();

describe.each(brokers)('$kind', ({ kind, isSkipped }) => {
  let endpoint: SandboxServer;
  let broker: Broker;

  beforeAll(async () => {
    if (isSkipped) return;
    // A message says itself how its attempts are answered: "202 204" is refused once.
    endpoint = await startServer(
      ({ body }) => {
        const attempt = endpoint.requests.filter((request) => dataOf(request.body) === dataOf(body)).length;
        return { status: Number(dataOf(body).split(' ')[attempt - 1] ?? 500) };
      },
      { faults: createFaults() },
    );
    broker = await startBroker({ pushEndpoint: `${endpoint.url}/projects/demo/topics/klaviyo-sync` }, kind);
  });

  afterAll(async () => {
    await broker?.stop();
    await endpoint?.stop();
  });

  const pushesOf = (data: string) => endpoint.requests.filter(({ body }) => dataOf(body) === data);

  const answered = (data: string, ...statuses: number[]) =>
    eventually(() => {
      const pushes = pushesOf(data).filter(({ status }) => status !== undefined);
      return pushes.length >= statuses.length ? pushes.map(({ status }) => status) : undefined;
    }, `the pushes of ${data}`);

  it.skipIf(isSkipped)('pushes to the endpoint what was published', async () => {
    const messageId = await broker.publish('204 ü', { origin: 'test' });
    expect(await answered('204 ü', 204)).toEqual([204]);
    const [request] = pushesOf('204 ü');
    expect(request?.path).toBe('/projects/demo/topics/klaviyo-sync');
    expect(push.parse(request?.body).message).toMatchObject({ messageId, attributes: { origin: 'test' } });
  });

  it.skipIf(isSkipped)('delivers again what is not acknowledged, 202 included, under the same id', async () => {
    const messageId = await broker.publish('500 202 429 200');
    expect(await answered('500 202 429 200', 500, 202, 429, 200)).toEqual([500, 202, 429, 200]);
    const ids = pushesOf('500 202 429 200').map(({ body }) => push.parse(body).message.messageId);
    expect(new Set(ids)).toEqual(new Set([messageId]));
  });

  it.skipIf(isSkipped)('gives up after five attempts and keeps data and attributes, under a new id', async () => {
    const data = '500 500 503 408 302 ü "quoted"\n';
    const messageId = await broker.publish(data, { origin: 'test' });
    const letters = await eventually(async () => {
      const found = await broker.deadLetters();
      return found.length > 0 ? found : undefined;
    }, 'the dead letter');

    expect(pushesOf(data)).toHaveLength(5);
    expect(letters).toEqual([
      expect.objectContaining({
        data,
        attributes: {
          origin: 'test',
          CloudPubSubDeadLetterSourceDeliveryCount: '5',
          CloudPubSubDeadLetterSourceSubscription: 'klaviyo-sync-push',
          CloudPubSubDeadLetterSourceSubscriptionProject: 'demo',
          CloudPubSubDeadLetterSourceTopicPublishTime: expect.stringMatching(/^\d{4}-.*Z$/),
        },
      }),
    ]);
    expect(letters[0]?.messageId).not.toBe(messageId);
    expect(await broker.deadLetters(), 'asked again').toEqual(letters);
  });

  it.skipIf(isSkipped)('gives up several that fail at the same time', async () => {
    const several = ['one', 'two', 'three', 'four'].map((name) => `500 500 500 500 500 ${name}`);
    await Promise.all(several.map((data) => broker.publish(data)));
    const letters = await eventually(async () => {
      const found = (await broker.deadLetters()).filter(({ data }) => several.includes(data));
      return found.length >= several.length ? found : undefined;
    }, 'the dead letters');

    expect(letters.map(({ data }) => data).sort()).toEqual([...several].sort());
  });
});
