import { toAttempt } from '../../test/doubles/attempts.ts';
import { startBroker } from '../../test/doubles/pubsub/broker.ts';
import { TOPIC } from '../../test/doubles/pubsub/client.ts';
import { type Message, newMessage, type PushBroker, untilSettled } from './message.ts';

/** Fewer than Terraform sets: the emulator takes more than a second for each. */
const MAX_DELIVERY_ATTEMPTS = 12;

type Attempt = NonNullable<ReturnType<typeof toAttempt>>;

/**
 * Starts a broker that delivers by the real Pub/Sub emulator to one process. Publish times are its own, and only the
 * function's log says what was acknowledged.
 */
export async function startEmulatorBroker(url: string): Promise<PushBroker> {
  const options = { pushEndpoint: `${url}/${TOPIC}`, maxDeliveryAttempts: MAX_DELIVERY_ATTEMPTS };
  const broker = await startBroker(options, 'emulator');
  const messages: Message[] = [];
  const byId = new Map<string, Message>();
  /** Attempts that were logged before the emulator had told the message's id. */
  const early: Attempt[] = [];

  function note(attempt: Attempt): void {
    const message = byId.get(attempt.messageId ?? '');
    if (!message) {
      early.push(attempt);
      return;
    }
    message.attempts += 1;
    if (attempt.outcome === 'failed') message.failures += 1;
    else message.state = 'acknowledged';
  }

  async function publish(message: Message): Promise<void> {
    message.id = await broker.publish(message.data);
    byId.set(message.id, message);
    for (const one of early.splice(0)) note(one);
  }

  async function collectDeadLetters(): Promise<void> {
    for (const { data } of await broker.deadLetters())
      for (const message of messages) if (message.data === data && message.state === 'waiting') message.state = 'dead';
  }

  return {
    messages,
    publish(change) {
      const message = newMessage(change);
      messages.push(message);
      void publish(message);
    },
    settled: (seconds) => untilSettled(messages, seconds, collectDeadLetters),
    readLog(line) {
      const attempt = toAttempt(line);
      if (attempt) note(attempt);
    },
    stop: () => void broker.stop(),
  };
}
