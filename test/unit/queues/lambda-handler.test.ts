import { describe, expect, it } from 'vitest';
import { lambdaHandler } from '../../../shared/queues/aws/handler.ts';
import type { QueueMessage } from '../../../shared/queues/message.ts';
import { eventBridgeEvent, lambdaContext, snsEvent, sqsEvent, sqsRecord } from '../../doubles/aws-events.ts';
import { fixture } from '../../fixtures/index.ts';

const order = fixture('OrderCreated');

/** A handler whose messages fail by their ids, and what it was given. */
function receiving(...failing: string[]) {
  const got: { message: QueueMessage; milliseconds?: number }[] = [];
  const handle = lambdaHandler(async (message, milliseconds) => {
    got.push({ message, milliseconds });
    if (failing.includes(String(message.id))) throw new Error(`${message.id} failed`);
  });
  return { got, handle };
}

const batchOf = (...ids: string[]) => sqsEvent(...ids.map((messageId) => sqsRecord(order, { messageId })));

describe('a batch of SQS', () => {
  it('is answered with the messages that failed, and with no other', async () => {
    const { handle, got } = receiving('b', 'd');
    const answer = await handle(batchOf('a', 'b', 'c', 'd'), lambdaContext());
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'd' }] });
    expect(got.map(({ message }) => message.id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is done where none failed', async () => {
    expect(await receiving().handle(batchOf('a', 'b'), lambdaContext())).toEqual({ batchItemFailures: [] });
  });

  it.each([[['a']], [['a', 'b', 'c']]])('fails as a whole where %j did', async (ids) => {
    await expect(receiving(...ids).handle(batchOf(...ids), lambdaContext())).rejects.toThrow('a failed');
  });
});

it('the time of the call is each message’s, but for what the answer takes', async () => {
  const { handle, got } = receiving();
  const context = { getRemainingTimeInMillis: () => 9000 };
  for (const event of [batchOf('a'), snsEvent(order), eventBridgeEvent(order)]) await handle(event, context);
  expect(got.map(({ milliseconds }) => milliseconds)).toEqual([8000, 8000, 8000]);
});

describe('one message', () => {
  it('of SNS is opened', async () => {
    const { handle, got } = receiving();
    const timestamp = new Date('2026-06-01T11:00:00Z');
    expect(await handle(snsEvent(order, { messageId: 's', timestamp }), lambdaContext())).toBeUndefined();
    expect(got.map(({ message }) => message)).toEqual([
      { id: 's', publishedAt: timestamp.getTime(), traceparent: undefined, payload: JSON.stringify(order) },
    ]);
  });

  it('of EventBridge is opened', async () => {
    const { handle, got } = receiving();
    const time = new Date('2026-06-01T11:00:00Z');
    expect(await handle(eventBridgeEvent(order, { id: 'e', time }), lambdaContext())).toBeUndefined();
    expect(got.map(({ message }) => message)).toEqual([{ id: 'e', publishedAt: time.getTime(), payload: order }]);
  });

  it('that failed is thrown', async () => {
    const { handle } = receiving('s', 'e');
    await expect(handle(snsEvent(order, { messageId: 's' }), lambdaContext())).rejects.toThrow('s failed');
    await expect(handle(eventBridgeEvent(order, { id: 'e' }), lambdaContext())).rejects.toThrow('e failed');
  });

  it.each([order, {}, 'text', undefined, { Records: [{}] }])(
    'that is nothing of these is a payload: %#',
    async (event) => {
      const { handle, got } = receiving();
      await handle(event, lambdaContext());
      expect(got.map(({ message }) => message)).toEqual([{ payload: event }]);
    },
  );
});
