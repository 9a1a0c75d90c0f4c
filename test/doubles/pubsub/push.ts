import { type Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of a push: https://cloud.google.com/pubsub/docs/push#receive_push; 202 is said to be one, and is not. */
const ACKNOWLEDGEMENTS = [102, 200, 201, 204];
const ACK_DEADLINE_MILLISECONDS = 90_000;

/** How to connect. */
export interface PostOptions {
  /** Keeps connections; without one each post has a connection of its own. */
  agent?: Agent;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/**
 * Posts JSON and resolves with the status, once the answer is there to its end. Rejects when it does not come within the
 * time that Pub/Sub waits for it; the error tells by `reusedSocket` whether the connection had served before.
 */
export const post = (url: string, body: object, { agent, signal, headers: more }: PostOptions = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...more };
    const options = { method: 'POST', agent: agent ?? false, signal, headers, timeout: ACK_DEADLINE_MILLISECONDS };
    const sent = request(url, options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error('The time for an acknowledgement is over.')));
    sent.on('error', (error) => reject(Object.assign(error, { reusedSocket: sent.reusedSocket })));
    sent.end(text);
  });

/** Whether an answer with this status acknowledges a push. */
export const isAcknowledgement = (status: number): boolean => ACKNOWLEDGEMENTS.includes(status);

/** Posts a push and tells whether it was acknowledged. */
export const isAcknowledged = (...push: Parameters<typeof post>): Promise<boolean> =>
  post(...push).then(isAcknowledgement, () => false);

/** How to deliver again. */
export interface Redelivery {
  maxDeliveryAttempts: number;
  /** Milliseconds to wait after so many attempts. */
  pauseAfter(attempts: number): number;
  /** Ends the pauses. */
  signal: AbortSignal;
}

/**
 * Attempts a delivery until it is acknowledged. Returns false when it was not in the last attempt; rejects when a pause
 * is ended by the signal.
 *
 * @param attempt tells whether the delivery was acknowledged, which of them it is being given, from 1
 */
export async function deliver(
  attempt: (number: number) => Promise<boolean>,
  { maxDeliveryAttempts, pauseAfter, signal }: Redelivery,
): Promise<boolean> {
  for (let number = 1; ; number++) {
    if (await attempt(number)) return true;
    if (number >= maxDeliveryAttempts) return false;
    await sleep(pauseAfter(number), undefined, { signal });
  }
}
