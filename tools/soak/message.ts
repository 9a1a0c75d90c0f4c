import { randomUUID } from 'node:crypto';
import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pushBody } from '../../test/doubles/delivery.ts';
import { TOPIC } from '../../test/doubles/pubsub/client.ts';
import { isAcknowledged } from '../../test/doubles/pubsub/push.ts';
import type { Change, Kind } from './kinds.ts';

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

/** A push subscription in front of the function: any order, again until acknowledged, given up after the last attempt. */
export interface PushBroker {
  /** Publishes what a change is told by; `publishedAt` is in milliseconds since the epoch, and now by default. */
  publish(change: Change, publishedAt?: number): void;
  messages: Message[];
  /** Waits until none waits; false when some still do after so many seconds. */
  settled(seconds: number): Promise<boolean>;
  /** Takes the function's log, for a broker that cannot tell otherwise what was acknowledged. */
  readLog?(line: string): void;
  stop(): void;
}

/** Returns a message about a change that was not delivered yet. */
export const newMessage = ({ kind, payload }: Change, publishedAt = Date.now()): Message => ({
  id: randomUUID(),
  kind,
  data: typeof payload === 'string' ? payload : JSON.stringify(payload),
  publishedAt,
  attempts: 0,
  failures: 0,
  state: 'waiting',
});

/** Returns how many messages are neither acknowledged nor given up. */
export const outstanding = (messages: Message[]): number => messages.filter(({ state }) => state === 'waiting').length;

/**
 * Waits until no message is outstanding. Returns false when some still are after so many seconds.
 *
 * @param look finds out what became of messages, where nobody else does
 */
export async function untilSettled(messages: Message[], seconds: number, look?: () => Promise<void>): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (outstanding(messages) > 0 && Date.now() < end) {
    await look?.();
    await sleep(look ? 200 : 20);
  }
  return outstanding(messages) === 0;
}

/** Delivers a message once more than it counts; false when it is not acknowledged, for whatever reason. */
export function push(agent: Agent, url: string, { id, data, publishedAt, attempts }: Message): Promise<boolean> {
  const options = { messageId: id, publishTime: new Date(publishedAt), deliveryAttempt: attempts + 1 };
  return isAcknowledged(`${url}/${TOPIC}`, pushBody(data, options), { agent });
}
