import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEEP_ALIVE } from '../../../../test/doubles/http.ts';
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

/** Takes a port of 127.0.0.1, any for 0, and answers 503 until there is something to serve. Rejects when the port is taken. */
export async function listen(port: number) {
  let answer: Answering = async () => {
    throw new ProblemError(503, 'The console is starting.');
  };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (incoming, outgoing) => {
    outgoing.on('error', () => {});
    answer(incoming, outgoing).catch((error: unknown) => {
      incoming.resume();
      if (outgoing.headersSent) outgoing.destroy();
      else sendJson(outgoing, statusOf(error), problemOf(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    serve(parts: ServerParts) {
      answer = answering(actual, parts);
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answering = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

function answering(port: number, { routes, live, files }: ServerParts): Answering {
  const route = createRouter(routes);

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) outgoing.setHeader(name, value);
    const { method = '', url = '/' } = incoming;
    const { pathname, searchParams: query } = asked(url);
    admit(incoming, pathname, port);
    if (!pathname.startsWith('/api/')) return file(method, pathname, outgoing);
    if (pathname === '/api/events') {
      if (method !== 'GET') throw new ProblemError(405, `${pathname} takes GET only.`);
      return live.join(outgoing);
    }
    const { params, answer: reply } = route(method, pathname);
    const body = method === 'GET' ? undefined : await bodyOf(incoming);
    sendJson(outgoing, 200, await reply({ params, query, body }));
  }

  function file(method: string, path: string, outgoing: ServerResponse): void {
    if (method !== 'GET' && method !== 'HEAD') throw new ProblemError(405, `${path} takes GET and HEAD only.`);
    const isPlace = !path.split('/').at(-1)?.includes('.');
    const found = files.get(path) ?? (isPlace ? files.get('/') : undefined);
    if (!found) throw new ProblemError(404, `There is no ${path} here.`);
    outgoing.writeHead(200, { 'content-type': found.type, 'content-length': found.body.length }).end(found.body);
  }

  return answer;
}

/** The address of a request, of which nothing but path and query counts. */
function asked(url: string): URL {
  const address = URL.parse(`http://console${url}`);
  if (!address) throw new ProblemError(400, 'The path is not encoded as a URL is.');
  return address;
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY) throw new ProblemError(413, 'A body has 12 MB at most.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
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
