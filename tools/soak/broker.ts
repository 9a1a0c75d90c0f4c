import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kind } from './kinds.ts';
import type { Random } from './random.ts';

/** Of a push: https://cloud.google.com/pubsub/docs/push#receive_push; 202 is none. */
const ACKNOWLEDGEMENTS = [102, 200, 201, 204];
const SUBSCRIPTION = 'projects/demo/subscriptions/commercetools-push';
const PATH = '/projects/demo/topics/commercetools';

/** A message on its way. */
export interface Message {
  id: string;
  kind: Kind;
  data: string;
  /** Milliseconds since the epoch. */
  publishedAt: number;
  attempts: number;
  /** Of them those that were not acknowledged. */
  failures: number;
  state: 'waiting' | 'acknowledged' | 'dead';
}

/** How to deliver. */
export interface BrokerOptions {
  /** Base URLs of the function's processes. */
  urls: string[];
  random: Random;
  maxDeliveryAttempts: number;
  /** Deliveries under way at once. */
  concurrency: number;
  /** How long to wait before the next attempt, in milliseconds. */
  pauseAfter: (attempts: number) => number;
  /** Share of acknowledged messages that are delivered once more, as Pub/Sub may. */
  repeats?: number;
}

/** A push subscription in this process: any order, again until acknowledged, given up after the last attempt. */
export interface PushBroker {
  publish(kind: Kind, data: string, publishedAt?: number): void;
  messages: Message[];
  /** Messages that are neither acknowledged nor given up. */
  outstanding(): number;
  /** Waits until there are none; false when there still are some after so many seconds. */
  settled(seconds: number): Promise<boolean>;
  /** Takes the function's log, for a broker that cannot tell otherwise what was acknowledged. */
  readLog?(line: string): void;
  stop(): void;
}

/** Starts delivering. */
export function startBroker(options: BrokerOptions): PushBroker {
  const { random, urls } = options;
  const agent = new Agent({ keepAlive: true });
  const messages: Message[] = [];
  const ready: Message[] = [];
  let outstanding = 0;
  let underWay = 0;
  let isStopped = false;

  function pump(): void {
    while (!isStopped && underWay < options.concurrency && ready.length > 0) {
      const [message] = ready.splice(random.below(ready.length), 1);
      if (message) deliver(message);
    }
  }

  async function deliver(message: Message): Promise<void> {
    underWay += 1;
    message.attempts += 1;
    const isAcknowledged = await push(agent, random.pick(urls), message);
    underWay -= 1;
    if (!isAcknowledged) message.failures += 1;
    conclude(message, isAcknowledged);
    pump();
  }

  function conclude(message: Message, isAcknowledged: boolean): void {
    if (isAcknowledged || message.attempts >= options.maxDeliveryAttempts) {
      message.state = isAcknowledged ? 'acknowledged' : 'dead';
      outstanding -= 1;
      if (isAcknowledged && random.chance(options.repeats ?? 0)) repeat(message);
    } else {
      setTimeout(enqueue, options.pauseAfter(message.attempts), message);
    }
  }

  function repeat(message: Message): void {
    message.state = 'waiting';
    outstanding += 1;
    setTimeout(enqueue, random.below(3000), message);
  }

  function enqueue(message: Message): void {
    ready.push(message);
    pump();
  }

  return {
    messages,
    publish(kind, data, publishedAt = Date.now()) {
      const message: Message = {
        id: randomUUID(),
        kind,
        data,
        publishedAt,
        attempts: 0,
        failures: 0,
        state: 'waiting',
      };
      messages.push(message);
      outstanding += 1;
      enqueue(message);
    },
    outstanding: () => outstanding,
    async settled(seconds) {
      const end = Date.now() + seconds * 1000;
      while ((outstanding > 0 || underWay > 0) && Date.now() < end) await sleep(20);
      return outstanding === 0;
    },
    stop() {
      isStopped = true;
      agent.destroy();
    },
  };
}

/** Delivers once; false when it is not acknowledged, for whatever reason. */
export const push = (agent: Agent, url: string, { id, data, publishedAt, attempts }: Message): Promise<boolean> =>
  new Promise((resolve) => {
    const message = { data: Buffer.from(data).toString('base64'), messageId: id, attributes: {} };
    const publishTime = new Date(publishedAt).toISOString();
    const body = JSON.stringify({
      message: { ...message, publishTime },
      subscription: SUBSCRIPTION,
      deliveryAttempt: attempts,
    });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(url + PATH, { method: 'POST', agent, headers, timeout: 90_000 }, (response) => {
      response.resume();
      response.on('close', () => resolve(response.complete && ACKNOWLEDGEMENTS.includes(response.statusCode ?? 0)));
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(false));
    sent.end(body);
  });
