import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pushBody } from '../../test/doubles/delivery.ts';
import type { FunctionProcess } from '../../test/doubles/function-process.ts';
import { TOPIC } from '../../test/doubles/pubsub/client.ts';
import { isAcknowledgement, post } from '../../test/doubles/pubsub/push.ts';

const START_SECONDS = 120;
const CONNECT_AGAIN_MILLISECONDS = 2;

const agent = new Agent({ keepAlive: true });

let pushed = 0;

/** Pushes a notification once and waits for the answer. Throws when that is no acknowledgement. */
async function push(target: FunctionProcess, notification: string): Promise<void> {
  pushed += 1;
  const status = await postAgain(`${target.url}/${TOPIC}`, pushBody(notification, { messageId: String(pushed) }));
  if (!isAcknowledgement(status)) throw new Error(`a message was answered with ${status}\n${target.output()}`);
}

/** The function closes what was idle for five seconds, maybe just now. */
async function postAgain(url: string, body: object): Promise<number> {
  try {
    return await post(url, body, { agent });
  } catch (error) {
    if (Object(error).reusedSocket && isCode(error, 'ECONNRESET')) return postAgain(url, body);
    throw error;
  }
}

/** Pushes a notification as soon as the function listens; gives the milliseconds from its start to the acknowledgement. */
export async function firstAcknowledgement(target: FunctionProcess, notification: string): Promise<number> {
  while (performance.now() - target.startedAt < START_SECONDS * 1000) {
    if (target.ended()) break;
    try {
      await push(target, notification);
      return performance.now() - target.startedAt;
    } catch (error) {
      if (!isCode(error, 'ECONNREFUSED')) throw error;
      await sleep(CONNECT_AGAIN_MILLISECONDS);
    }
  }
  throw new Error(`the function did not start: ${target.ended() ?? 'it does not listen'}\n${target.output()}`);
}

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;

/** When to stop: what comes first. */
export interface Limits {
  concurrency: number;
  messages: number;
  seconds: number;
}

/** Keeps so many messages under way until a limit is reached; gives the milliseconds that each took, and that all took. */
export async function pushMany(target: FunctionProcess, next: () => string, limits: Limits) {
  const latencies: number[] = [];
  const begin = performance.now();
  let left = limits.messages;

  async function pushInTurn(): Promise<void> {
    while (left > 0 && performance.now() - begin < limits.seconds * 1000) {
      left -= 1;
      const notification = next();
      const from = performance.now();
      await push(target, notification);
      latencies.push(performance.now() - from);
    }
  }

  await Promise.all(Array.from({ length: limits.concurrency }, pushInTurn));
  return { latencies, milliseconds: performance.now() - begin };
}
