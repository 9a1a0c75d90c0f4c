import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKlaviyo } from './klaviyo.ts';
import type { Route } from './route.ts';
import { shop } from './shop.ts';
import { createTraffic, type Side, type Traffic } from './traffic.ts';

/** The stand-ins of both sides, light enough not to be measured themselves. */
export interface StandIns {
  /** Without a trailing slash. */
  urls: Record<Side, string>;
  traffic: Traffic;
  stop(): void;
}

/** Starts both sides on 127.0.0.1, any port. */
export async function startStandIns(): Promise<StandIns> {
  const traffic = createTraffic();
  const commercetools = await start('commercetools', shop, traffic);
  const klaviyo = await start('klaviyo', createKlaviyo(), traffic);
  return {
    urls: { commercetools: commercetools.url, klaviyo: klaviyo.url },
    traffic,
    stop() {
      commercetools.stop();
      klaviyo.stop();
    },
  };
}

async function start(side: Side, route: Route, traffic: Traffic) {
  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    traffic.calls[side] += 1;
    const { method = '', url = '' } = incoming;
    const body = await bodyOf(incoming);
    const { pathname: path, searchParams: query } = new URL(url, 'http://stand-in');
    // A 400 is final: an unknown request must not be tried again and again.
    const answer = route({ method, path, query, body }) || { status: 400, body: '{}' };
    if (answer.status === 400) traffic.unknown.push(`${method} ${path}`);
    await traffic.answerTime();
    outgoing.writeHead(answer.status, answer.body ? { 'content-type': 'application/json' } : {}).end(answer.body);
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    // A connection that is cut is the function's to complain about.
    serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.on('connection', () => {
    traffic.connections += 1;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Without the stream's async iterator, which costs more than the rest of an answer. */
const bodyOf = (incoming: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString()));
    incoming.on('error', reject);
  });
