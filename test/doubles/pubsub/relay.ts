import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { KEEP_ALIVE } from '../http.ts';
import { messageSchema } from './client.ts';
import { type PostOptions, post } from './push.ts';

/** So long a push waits for the function to be up, as while its process starts. */
const COLD_START_MILLISECONDS = 30_000;
const PAUSE_MILLISECONDS = 100;

/** A message on its way to the function, and the trace of this delivery: 32 hexadecimal digits. */
interface Push {
  message: z.output<typeof messageSchema>;
  traceId: string;
}

/** How a push ended: by the function's answer, or without one and why. */
export type PushEnd = { status: number } | { failure: string };

/** Called when a message is pushed. What it returns is called when that is over; without it nothing is sent: nobody wants it. */
export type OnPush = (push: Push) => ((end: PushEnd) => void) | undefined;

/** A push as it goes over the wire. */
interface Pushed {
  message: Push['message'];
}

/**
 * Posts a push with a trace of its own, as Google's own servers do, and tells of it. Resolves with the status, 204 for what nobody
 * wants; rejects as `post` does.
 */
export async function postTraced(url: string, body: Pushed, onPush: OnPush, options?: PostOptions): Promise<number> {
  const traceId = randomBytes(16).toString('hex');
  const onEnd = onPush({ message: body.message, traceId });
  if (!onEnd) return 204;
  const headers = { traceparent: `00-${traceId}-${traceId.slice(0, 16)}-01` };
  const end = Date.now() + COLD_START_MILLISECONDS;
  try {
    // Cloud Run, too, keeps a request until there is a process to take it.
    for (;;) {
      const status = await post(url, body, { ...options, headers }).catch(async (error: unknown) => {
        if (!isRefused(error) || Date.now() > end) throw error;
        await sleep(PAUSE_MILLISECONDS, undefined, { signal: options?.signal });
      });
      if (status === undefined) continue;
      onEnd({ status });
      return status;
    }
  } catch (error) {
    onEnd({ failure: isRefused(error) ? 'the function was not up' : 'the function ended before it answered' });
    throw error;
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';

const pushBody = z.looseObject({ message: messageSchema });

/**
 * Starts what stands between a broker of another process and the function, and tells of each push. A push that the function
 * does not answer is answered 502, so that it comes again.
 *
 * @param endpoint where the function takes pushes
 */
export async function startRelay(endpoint: string, onPush: OnPush) {
  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = pushBody.parse(JSON.parse((await buffer(incoming)).toString()));
    const status = await postTraced(endpoint, body, onPush).catch(() => 502);
    outgoing.writeHead(status).end();
  }
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (incoming, outgoing) => {
    outgoing.on('error', () => {});
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
