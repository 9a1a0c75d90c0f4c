import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { createFaults } from '../faults.ts';
import { freePort } from '../free-port.ts';
import { type Answer, type SandboxRequest, startServer } from '../http.ts';
import { DEAD_LETTER_SUBSCRIPTION, messageSchema, SUBSCRIPTION, TOPIC } from './client.ts';
import type { BrokerServer, FullBrokerOptions } from './server.ts';

/** Of a push: https://cloud.google.com/pubsub/docs/push#receive_push; 202 is said to be one, and is not. */
const ACKNOWLEDGEMENTS = [102, 200, 201, 204];
const ACK_DEADLINE_MILLISECONDS = 90_000;
const FIRST_PAUSE_MILLISECONDS = 200;

type Message = z.output<typeof messageSchema>;

const publishBody = z.object({ messages: z.array(messageSchema.pick({ data: true, attributes: true })).min(1) });

/**
 * Starts a push loop with the Pub/Sub emulator's behaviour, and as much of its REST API as is needed to publish and to
 * read what was given up: delivers to the endpoint, again with growing pauses until that acknowledges, and gives up
 * after the last attempt.
 */
export async function startInProcess(options: FullBrokerOptions): Promise<BrokerServer> {
  const stopping = new AbortController();
  const abandoned: Message[] = [];
  let lastId = 0;

  const toMessage = (content: Pick<Message, 'data' | 'attributes'>): Message => {
    lastId += 1;
    return { ...content, messageId: String(lastId), publishTime: new Date().toISOString() };
  };

  async function isAcknowledged(message: Message, deliveryAttempt: number): Promise<boolean> {
    try {
      const { status } = await fetch(options.pushEndpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message, subscription: SUBSCRIPTION, deliveryAttempt }),
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(ACK_DEADLINE_MILLISECONDS)]),
      });
      return ACKNOWLEDGEMENTS.includes(status);
    } catch {
      return false;
    }
  }

  async function deliver(message: Message): Promise<void> {
    for (let attempt = 1; attempt <= options.maxDeliveryAttempts; attempt++) {
      const pause = attempt === 1 ? 0 : FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 2);
      await sleep(pause, undefined, { signal: stopping.signal });
      if (await isAcknowledged(message, attempt)) return;
    }
    const [, project, , subscription] = SUBSCRIPTION.split('/');
    const source = {
      CloudPubSubDeadLetterSourceDeliveryCount: String(options.maxDeliveryAttempts),
      CloudPubSubDeadLetterSourceSubscription: String(subscription),
      CloudPubSubDeadLetterSourceSubscriptionProject: String(project),
      CloudPubSubDeadLetterSourceTopicPublishTime: message.publishTime,
    };
    abandoned.push(toMessage({ ...message, attributes: { ...message.attributes, ...source } }));
  }

  function publish(body: unknown): Answer {
    const { success, data, error } = publishBody.safeParse(body);
    if (!success) return { status: 400, body: { error: { code: 400, message: error.message } } };
    const messages = data.messages.map(toMessage);
    // Only stopping interrupts a delivery.
    for (const message of messages) deliver(message).catch(() => {});
    return { status: 200, body: { messageIds: messages.map(({ messageId }) => messageId) } };
  }

  function answer({ method, path, body }: SandboxRequest): Answer {
    switch (`${method} ${path}`) {
      case `POST /v1/${TOPIC}:publish`:
        return publish(body);
      case `POST /v1/${DEAD_LETTER_SUBSCRIPTION}:pull`:
        return {
          status: 200,
          body: { receivedMessages: abandoned.splice(0).map((message) => ({ ackId: message.messageId, message })) },
        };
      case `POST /v1/${DEAD_LETTER_SUBSCRIPTION}:acknowledge`:
        return { status: 200, body: {} };
      default:
        return { status: 404, body: { error: { code: 404, message: `There is no ${path} here.` } } };
    }
  }

  const server = await startServer(answer, { faults: createFaults(), port: await freePort(options.port) });
  return {
    url: server.url,
    async stop() {
      stopping.abort();
      await server.stop();
    },
  };
}
