import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionProcess } from '../../test/doubles/function-process.ts';

const TOPIC = 'projects/demo-shop/topics/commercetools';
const START_SECONDS = 30;
const CONNECT_AGAIN_MILLISECONDS = 2;

const agent = new Agent({ keepAlive: true });

/** A notification as Pub/Sub pushes it: https://cloud.google.com/pubsub/docs/push#receive_push */
const pushBody = (notification: string, messageId: string) =>
  JSON.stringify({
    message: {
      data: Buffer.from(notification).toString('base64'),
      messageId,
      publishTime: new Date().toISOString(),
      attributes: {},
    },
    subscription: 'projects/demo-shop/subscriptions/sync',
  });

let pushed = 0;

/** Pushes a notification once and waits for the answer. Throws when that is no acknowledgement. */
async function push(target: FunctionProcess, notification: string): Promise<void> {
  pushed += 1;
  const body = Buffer.from(pushBody(notification, String(pushed)));
  const status = await post(`${target.url}/${TOPIC}`, body);
  if (status !== 204 && status !== 200) throw new Error(`a message was answered with ${status}\n${target.output()}`);
}

const post = (url: string, body: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    });
    call.on('error', (error) => {
      // The function closes what was idle for five seconds, maybe just now.
      if (call.reusedSocket && isCode(error, 'ECONNRESET')) post(url, body).then(resolve, reject);
      else reject(error);
    });
    call.end(body);
  });

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
