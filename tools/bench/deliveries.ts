import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pushBody } from '../../test/doubles/delivery.ts';
import { TOPIC } from '../../test/doubles/pubsub/client.ts';
import { isAcknowledged } from '../../test/doubles/pubsub/push.ts';
import { pauseAfter, terraformPolicy } from '../soak/policy.ts';

/** How messages are delivered. */
export interface Delivering {
  /** Base URLs of the function's processes, which take turns. */
  urls: readonly string[];
  /** Messages under way at once in each process. */
  concurrency: number;
  /** No message is begun after it is aborted. */
  signal?: AbortSignal;
}

/** What became of the messages. */
export interface Delivered {
  /** Milliseconds from the beginning to the acknowledgement, of those that were acknowledged. */
  milliseconds: number[];
  /** Deliveries, the first ones and the repeated. */
  attempts: number;
}

/** Delivers messages that all wait at the beginning, again and again, with Terraform's pauses, until each is acknowledged. */
export async function deliverAll(
  messages: readonly string[],
  { urls, concurrency, signal }: Delivering,
): Promise<Delivered> {
  const agent = new Agent({ keepAlive: true });
  const policy = terraformPolicy();
  const begin = performance.now();
  const waiting = [...messages.entries()].map(([id, data]) => ({ id, data, attempts: 0 }));
  const milliseconds: number[] = [];
  let attempts = 0;
  let left = messages.length;

  async function work(url: string): Promise<void> {
    while (left > 0 && !signal?.aborted) {
      const message = waiting.shift();
      if (!message) {
        await sleep(10);
        continue;
      }
      attempts += 1;
      message.attempts += 1;
      const body = pushBody(message.data, { messageId: String(message.id), deliveryAttempt: message.attempts });
      if (await isAcknowledged(`${url}/${TOPIC}`, body, { agent })) {
        left -= 1;
        milliseconds.push(performance.now() - begin);
      } else void sleep(pauseAfter(policy, message.attempts) * 1000).then(() => waiting.push(message));
    }
  }

  await Promise.all(urls.flatMap((url) => Array.from({ length: concurrency }, () => work(url))));
  agent.destroy();
  return { milliseconds, attempts };
}
