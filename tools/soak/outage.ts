import { Agent } from 'node:http';
import pMap from 'p-map';
import type { Change } from './kinds.ts';
import { type Message, newMessage, push } from './message.ts';
import { pauseAfter, type RetryPolicy } from './policy.ts';

/** A message with what the clock said of it, in simulated seconds. */
export interface TimedMessage extends Message {
  /** When it is delivered next. */
  due: number;
  firstAttempt?: number;
  lastAttempt?: number;
}

const CONCURRENCY = 40;
/** What is due within so many simulated seconds is delivered side by side. */
const TOGETHER_SECONDS = 600;

/**
 * A push subscription whose clock jumps to the next delivery that is due, so that a day takes seconds and its arithmetic
 * is exact: only the pauses take simulated time, the attempts none.
 */
export function createTimeMachine(url: string, policy: RetryPolicy) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const messages: TimedMessage[] = [];
  let now = 0;

  async function deliver(message: TimedMessage): Promise<void> {
    now = Math.max(now, message.due);
    message.firstAttempt ??= message.due;
    message.lastAttempt = message.due;
    // The function compares with its own clock.
    const publishedAt = Date.now() - (message.due - message.publishedAt) * 1000;
    const isAcknowledged = await push(agent, url, { ...message, publishedAt });
    message.attempts += 1;
    if (isAcknowledged) message.state = 'acknowledged';
    else if (message.attempts >= policy.maxDeliveryAttempts) message.state = 'dead';
    else message.due += pauseAfter(policy, message.attempts);
  }

  return {
    messages,
    /** Publishes at a simulated second. */
    publish(change: Change, second: number): void {
      messages.push({ ...newMessage(change, second), due: second });
    },
    /** Lets everything happen up to a simulated second; what is not settled by then keeps waiting. */
    async runUntil(second: number): Promise<void> {
      for (;;) {
        const waiting = messages.filter(({ state, due }) => state === 'waiting' && due <= second);
        if (waiting.length === 0) return;
        const next = Math.min(...waiting.map(({ due }) => due));
        const together = waiting.filter(({ due }) => due <= next + TOGETHER_SECONDS);
        await pMap(together, deliver, { concurrency: CONCURRENCY });
      }
    },
    stop: () => agent.destroy(),
  };
}
