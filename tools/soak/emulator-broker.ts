import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { startBroker } from '../../test/doubles/pubsub/broker.ts';
import type { Message, PushBroker } from './broker.ts';

/** Fewer than Terraform sets: the emulator takes more than a second for each. */
const MAX_DELIVERY_ATTEMPTS = 12;
const PATH = '/projects/demo/topics/commercetools';

const attemptLine = z.object({ messageId: z.string(), outcome: z.string() });

/**
 * Delivers by the real Pub/Sub emulator to one process. Publish times are its own, and only the function's log says what was
 * acknowledged.
 */
export async function startEmulatorBroker(url: string): Promise<PushBroker> {
  const options = { pushEndpoint: url + PATH, maxDeliveryAttempts: MAX_DELIVERY_ATTEMPTS };
  const broker = await startBroker(options, 'emulator');
  const messages: Message[] = [];
  const byId = new Map<string, Message>();
  /** Attempts that were logged before the emulator had told the message's id. */
  const early: { messageId: string; outcome: string }[] = [];
  const outstanding = () => messages.filter(({ state }) => state === 'waiting').length;

  function note({ messageId, outcome }: (typeof early)[number]): void {
    const message = byId.get(messageId);
    if (!message) {
      early.push({ messageId, outcome });
      return;
    }
    message.attempts += 1;
    if (outcome === 'failed') message.failures += 1;
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
    outstanding,
    publish(kind, data) {
      const message: Message = {
        id: '',
        kind,
        data,
        publishedAt: Date.now(),
        attempts: 0,
        failures: 0,
        state: 'waiting',
      };
      messages.push(message);
      void publish(message);
    },
    async settled(seconds) {
      const end = Date.now() + seconds * 1000;
      while (outstanding() > 0 && Date.now() < end) {
        await collectDeadLetters();
        await sleep(200);
      }
      return outstanding() === 0;
    },
    readLog(line) {
      if (!line.includes('"outcome"')) return;
      const { data } = attemptLine.safeParse(JSON.parse(line));
      if (data) note(data);
    },
    stop: () => void broker.stop(),
  };
}
