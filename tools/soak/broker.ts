import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliver, type Redelivery } from '../../test/doubles/pubsub/push.ts';
import { type Message, newMessage, type PushBroker, push, untilSettled } from './message.ts';
import type { Random } from './random.ts';

/** How to deliver. */
export interface BrokerOptions extends Omit<Redelivery, 'signal'> {
  /** Base URLs of the function's processes. */
  urls: string[];
  random: Random;
  /** Deliveries under way at once. */
  concurrency: number;
  /** Share of acknowledged messages that are delivered once more, as Pub/Sub may; none by default. */
  repeats?: number;
}

const MOST_MILLISECONDS_TO_REPEAT = 3000;

/** Starts a broker in this process: of the messages that wait for their turn, any is next. */
export function startBroker({ urls, random, concurrency, repeats = 0, ...policy }: BrokerOptions): PushBroker {
  const agent = new Agent({ keepAlive: true });
  const stopping = new AbortController();
  const { signal } = stopping;
  const messages: Message[] = [];
  const ready: (() => void)[] = [];
  let free = concurrency;

  function pump(): void {
    while (free > 0 && ready.length > 0) {
      const [begin] = ready.splice(random.below(ready.length), 1);
      free -= 1;
      begin?.();
    }
  }

  async function attempt(message: Message): Promise<boolean> {
    await new Promise<void>((resolve) => {
      ready.push(resolve);
      pump();
    });
    const isAcknowledged = !signal.aborted && (await push(agent, random.pick(urls), message));
    message.attempts += 1;
    if (!isAcknowledged) message.failures += 1;
    free += 1;
    pump();
    return isAcknowledged;
  }

  async function settle(message: Message): Promise<void> {
    while (message.state === 'waiting') {
      const isAcknowledged = await deliver(() => attempt(message), { ...policy, signal });
      const isRepeated = isAcknowledged && random.chance(repeats);
      if (isRepeated) await sleep(random.below(MOST_MILLISECONDS_TO_REPEAT), undefined, { signal });
      else message.state = isAcknowledged ? 'acknowledged' : 'dead';
    }
  }

  return {
    messages,
    publish(change, publishedAt) {
      const message = newMessage(change, publishedAt);
      messages.push(message);
      // Only stopping interrupts a delivery.
      settle(message).catch(() => {});
    },
    settled: (seconds) => untilSettled(messages, seconds),
    stop() {
      stopping.abort();
      agent.destroy();
    },
  };
}
