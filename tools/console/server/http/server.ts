import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Problem } from '../../api.ts';
import type { PageFile } from '../../page-files.ts';
import { admit, SAFE_HEADERS } from './gate.ts';
import { parseJson, placeOf } from './json.ts';
import type { Live } from './live.ts';
import { ProblemError } from './problem.ts';
import { createRouter, type Routes } from './router.ts';

/** A notification is 10 MB at most. */
const LARGEST_BODY = 12 * 1024 * 1024;

/** What is served. */
export interface ServerParts {
  routes: Routes;
  live: Live;
  /** Files by their paths; `/` is the page, at whatever path that is none of the API's. */
  files: ReadonlyMap<string, PageFile>;
}

/** Serves on 127.0.0.1. Rejects when the port is taken. */
export async function serve(port: number, { routes, live, files }: ServerParts) {
  const route = createRouter(routes);

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) outgoing.setHeader(name, value);
    admit(incoming, actualPort());
    const { method = '', url = '/' } = incoming;
    const { pathname, searchParams: query } = new URL(url, 'http://console');
    if (!pathname.startsWith('/api/')) return file(outgoing, pathname);
    if (method === 'GET' && pathname === '/api/events') return live.join(outgoing);
    const { params, answer: reply } = route(method, pathname);
    const body = method === 'GET' ? undefined : await bodyOf(incoming);
    sendJson(outgoing, 200, await reply({ params, query, body }));
  }

  function file(outgoing: ServerResponse, path: string): void {
    const isPlace = !path.split('/').at(-1)?.includes('.');
    const found = files.get(path) ?? (isPlace ? files.get('/') : undefined);
    if (!found) throw new ProblemError(404, `There is no ${path} here.`);
    outgoing.writeHead(200, { 'content-type': found.type, 'content-length': found.body.length }).end(found.body);
  }

  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => {});
    answer(incoming, outgoing).catch((error: unknown) => {
      incoming.resume();
      if (outgoing.headersSent) outgoing.destroy();
      else sendJson(outgoing, statusOf(error), problemOf(error));
    });
  });
  const actualPort = () => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${actualPort()}`,
    stop: () =>
      new Promise<void>((resolve) => {
        live.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  if (Number(incoming.headers['content-length'] ?? Number.POSITIVE_INFINITY) > LARGEST_BODY)
    throw new ProblemError(413, 'Say by content-length how long the body is: 12 MB at most.');
  const text = (await buffer(incoming)).toString();
  if (text === '') return undefined;
  const parsed = parseJson(text);
  if ('value' in parsed) return parsed.value;
  throw new ProblemError(400, `The body is ${parsed.fault.message}.`, placeOf(parsed.fault));
}

function sendJson(outgoing: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value ?? {});
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  outgoing.writeHead(status, headers).end(text);
}

const statusOf = (error: unknown): number => (error instanceof ProblemError ? error.status : 500);

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return { error: error.message, where: error.where };
  return { error: `The console itself failed: ${error instanceof Error ? error.message : error}` };
}
