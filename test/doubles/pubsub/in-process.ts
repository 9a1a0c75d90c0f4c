import * as z from 'zod';
import { pushOf } from '../delivery.ts';
import { createFaults } from '../faults.ts';
import { freePort } from '../free-port.ts';
import { type Answer, type SandboxRequest, startServer } from '../http.ts';
import { DEAD_LETTER_SUBSCRIPTION, messageSchema, SUBSCRIPTION, TOPIC } from './client.ts';
import { deliver, isAcknowledgement, post } from './push.ts';
import { postTraced } from './relay.ts';
import type { BrokerServer, FullBrokerOptions } from './server.ts';
import { createWindow } from './window.ts';

/** Pub/Sub, too, has so many pushes under way and no more: https://cloud.google.com/pubsub/docs/push#push_backoff */
const MOST_PUSHES = 100;
const FIRST_PAUSE_MILLISECONDS = 200;

type Message = z.output<typeof messageSchema>;

const acknowledgeBody = z.object({ ackIds: z.array(z.string()) });
const pullBody = z.object({ maxMessages: z.number().int().positive() });
const publishBody = z.object({ messages: z.array(messageSchema.pick({ data: true, attributes: true })).min(1) });

/**
 * Starts a push loop with the Pub/Sub emulator's behaviour, and as much of its REST API as is needed to publish and to
 * read what was given up: delivers to the endpoint, again with growing pauses until that acknowledges, and gives up
 * after the last attempt.
 */
export async function startInProcess(options: FullBrokerOptions): Promise<BrokerServer> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const abandoned = new Map<string, Message>();
  const inWindow = createWindow(MOST_PUSHES);
  let lastId = 0;

  const toMessage = (content: Pick<Message, 'data' | 'attributes'>): Message => {
    lastId += 1;
    return { ...content, messageId: String(lastId), publishTime: new Date().toISOString() };
  };

  const { pushEndpoint, maxDeliveryAttempts, onPush } = options;
  const push = (message: Message, number: number) => {
    const body = pushOf(message, number);
    return onPush ? postTraced(pushEndpoint, body, onPush, { signal }) : post(pushEndpoint, body, { signal });
  };
  const policy = {
    maxDeliveryAttempts,
    pauseAfter: (attempts: number) => FIRST_PAUSE_MILLISECONDS * 2 ** (attempts - 1),
  };

  async function settle(message: Message): Promise<void> {
    const attempt = (number: number) => inWindow(() => push(message, number).then(isAcknowledgement, () => false));
    if (await deliver(attempt, { ...policy, signal })) return;
    const [, project, , subscription] = SUBSCRIPTION.split('/');
    const source = {
      CloudPubSubDeadLetterSourceDeliveryCount: String(maxDeliveryAttempts),
      CloudPubSubDeadLetterSourceSubscription: String(subscription),
      CloudPubSubDeadLetterSourceSubscriptionProject: String(project),
      CloudPubSubDeadLetterSourceTopicPublishTime: message.publishTime,
    };
    const letter = toMessage({ ...message, attributes: { ...message.attributes, ...source } });
    abandoned.set(letter.messageId, letter);
  }

  function publish(body: unknown): Answer {
    const { success, data, error } = publishBody.safeParse(body);
    if (!success) return { status: 400, body: { error: { code: 400, message: error.message } } };
    const messages = data.messages.map(toMessage);
    // Only stopping interrupts a delivery.
    for (const message of messages) settle(message).catch(() => {});
    return { status: 200, body: { messageIds: messages.map(({ messageId }) => messageId) } };
  }

  /** What is not acknowledged stays, and whoever asks next gets it again: leases are for several readers. */
  function pull(body: unknown): Answer {
    const { maxMessages } = pullBody.parse(body);
    const messages = [...abandoned.values()].slice(0, maxMessages);
    return {
      status: 200,
      body: { receivedMessages: messages.map((message) => ({ ackId: message.messageId, message })) },
    };
  }

  function acknowledge(body: unknown): Answer {
    for (const id of acknowledgeBody.parse(body).ackIds) abandoned.delete(id);
    return { status: 200, body: {} };
  }

  function answer({ method, path, body }: SandboxRequest): Answer {
    switch (`${method} ${path}`) {
      case `POST /v1/${TOPIC}:publish`:
        return publish(body);
      case `POST /v1/${DEAD_LETTER_SUBSCRIPTION}:pull`:
        return pull(body);
      case `POST /v1/${DEAD_LETTER_SUBSCRIPTION}:acknowledge`:
        return acknowledge(body);
      case `POST /v1/${DEAD_LETTER_SUBSCRIPTION}:modifyAckDeadline`:
        return { status: 200, body: {} };
      default:
        return { status: 404, body: { error: { code: 404, message: `There is no ${path} here.` } } };
    }
  }

  const server = await startServer(answer, {
    ...{ faults: createFaults(), recorded: false },
    port: await freePort(options.port),
  });
  return {
    url: server.url,
    async stop() {
      stopping.abort();
      await server.stop();
    },
  };
}
