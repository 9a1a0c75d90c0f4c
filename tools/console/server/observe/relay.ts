import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import { messageSchema } from '../../../../test/doubles/pubsub/client.ts';

/** A push on its way to the function. */
interface Push {
  message: z.output<typeof messageSchema>;
  /** Trace id of the delivery, 32 hexadecimal digits: the calls of the attempt carry it. */
  traceId: string;
}

/** How a push ended: by the function's answer, or without one and why. */
export type PushEnd = { status: number } | { failure: string };

/** Called when a push comes. What it returns is called when that is over. */
export type OnPush = (push: Push) => (end: PushEnd) => void;

const pushBody = z.object({ message: messageSchema });

/**
 * Starts what stands between Pub/Sub and the function: passes each push on as it is, with a trace of its own, and tells of it.
 * A push that the function does not answer is answered 502, so that Pub/Sub delivers again.
 */
export async function startRelay(functionUrl: string, onPush: OnPush) {
  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => {});
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const traceId = randomBytes(16).toString('hex');
    const { data: push } = pushBody.safeParse(JSON.parse(body.toString()));
    const onEnd = push && onPush({ ...push, traceId });
    const end = await deliver(`${functionUrl}${incoming.url}`, body, traceId);
    onEnd?.(end);
    outgoing.writeHead('status' in end ? end.status : 502).end();
  }

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

/** Each delivery has a connection of its own, as it has without a relay. */
const deliver = (url: string, body: Buffer, traceId: string): Promise<PushEnd> =>
  new Promise((resolve) => {
    const headers = {
      ...{ 'content-type': 'application/json', 'content-length': body.length },
      traceparent: `00-${traceId}-${traceId.slice(0, 16)}-01`,
    };
    const sent = request(url, { method: 'POST', agent: false, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0 }));
      response.on('error', (error) => resolve({ failure: whyOf(error) }));
    });
    sent.on('error', (error) => resolve({ failure: whyOf(error) }));
    sent.end(body);
  });

const whyOf = (error: NodeJS.ErrnoException): string =>
  error.code === 'ECONNREFUSED' ? 'the function was not up' : 'the function ended before it answered';
