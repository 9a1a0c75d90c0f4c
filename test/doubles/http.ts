import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Effect, type Faults, garbled, meet, refused, told } from './faults.ts';
import { type Answer, failed, read, type SandboxRequest, send } from './http-message.ts';

export type { Answer, SandboxRequest } from './http-message.ts';

/** What is remembered of a request; credentials never are. */
export interface RecordedRequest {
  method: string;
  /** With the query, as sent. */
  path: string;
  body: unknown;
  /** Undefined until answered, and for good when the connection was cut or left hanging. */
  status: number | undefined;
  userAgent: string | undefined;
  /** The trace that it is a part of, as the client said. */
  traceparent: string | undefined;
  /** Running number of the TCP connection, from 1: equal numbers mean keep-alive. */
  connection: number;
  receivedAt: Date;
  /** Until it was answered or cut; undefined before, and for good when it was left hanging. */
  milliseconds: number | undefined;
}

/** How to run a sandbox server. */
export interface ServerOptions {
  faults: Faults;
  /** Default 0: any free port. */
  port?: number;
  /** Milliseconds by which every answer is delayed; default 0. */
  latency?: number;
  /** Whether requests are remembered, or which of them; true by default. Others are only counted. */
  recorded?: boolean | ((request: SandboxRequest) => boolean);
  /** Called when a client connects. */
  onConnection?: () => void;
  /** Called once a request that is remembered is answered, cut or left hanging. */
  onRequest?: (request: RecordedRequest) => void;
  /** Type of answers sent as JSON; default `application/json`. */
  contentType?: string;
  /** Body of a `status` fault that brings none. */
  faultBody?: (status: number) => unknown;
}

/** A running sandbox server. */
export interface SandboxServer {
  /** Without a trailing slash. */
  url: string;
  /** In order of arrival. */
  requests: RecordedRequest[];
  /** Requests that have arrived so far, remembered or not. */
  served: number;
  /** Milliseconds by which every answer is delayed; may be set at any time. */
  latency: number;
  /** Cuts every connection, those left hanging as well, and frees the port. */
  stop(): Promise<void>;
}

/** Decides the answer to a request. What it throws becomes a 500 with the message. */
export type Handler = (request: SandboxRequest) => Answer | Promise<Answer>;

/** Milliseconds that a connection may be idle: nobody here keeps one for longer, so none is closed under a request that comes over it. */
export const KEEP_ALIVE = 60_000;

/** Starts a server on 127.0.0.1 that applies `faults` around `handler`. Rejects when the port is taken. */
export async function startServer(handler: Handler, options: ServerOptions): Promise<SandboxServer> {
  const { recorded = true } = options;
  const isRecorded = typeof recorded === 'function' ? recorded : () => recorded;
  const connections = new WeakMap<Socket, number>();
  let opened = 0;

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (incoming, outgoing) => {
    // A client that vanishes is part of the game: the request is dropped and the server lives on.
    outgoing.on('error', () => {});
    serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.on('connection', (socket) => {
    opened += 1;
    connections.set(socket, opened);
    options.onConnection?.();
  });

  function remember({ method, path, body, headers }: SandboxRequest, socket: Socket): RecordedRequest {
    const about = {
      userAgent: headers['user-agent'],
      traceparent: textOf(headers.traceparent),
      connection: connections.get(socket) ?? 0,
      receivedAt: new Date(),
    };
    const record = { method, path, body, status: undefined, milliseconds: undefined, ...about };
    running.requests.push(record);
    return record;
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await read(incoming);
    const arrivedAt = performance.now();
    running.served += 1;
    const record = isRecorded(request) ? remember(request, incoming.socket) : undefined;
    const { effect, headers } = meet(options.faults, request);
    const answer = told(await answerUnder(effect, request), headers);
    await pause(effect);
    if (record) {
      record.status = answer?.status;
      if (effect?.kind !== 'hang') record.milliseconds = performance.now() - arrivedAt;
    }
    if (answer !== undefined) send(outgoing, answer, options.contentType);
    else if (effect?.kind !== 'hang') incoming.socket.destroy();
    if (record) options.onRequest?.(record);
  }

  async function pause(effect: Effect | undefined): Promise<void> {
    if (effect?.kind === 'held') {
      effect.onApplied();
      await effect.until;
    }
    const delay = running.latency + (effect?.kind === 'slow' ? effect.milliseconds : 0);
    if (delay > 0) await sleep(delay, undefined, { ref: false });
  }

  async function answerUnder(effect: Effect | undefined, request: SandboxRequest): Promise<Answer | undefined> {
    if (effect?.kind === 'reset' || effect?.kind === 'hang') return undefined;
    if (effect?.kind === 'status') return refused(effect, options.faultBody);
    if (effect?.kind === 'garbage' && !effect.applied) return garbled(effect);
    const answer = await attempt(handler, request);
    if (effect?.kind === 'lost-reply') return undefined;
    return effect?.kind === 'garbage' ? garbled(effect, answer) : answer;
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const running: SandboxServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    served: 0,
    latency: options.latency ?? 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}

const textOf = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

async function attempt(handler: Handler, request: SandboxRequest): Promise<Answer> {
  try {
    return await handler(request);
  } catch (error) {
    return failed(error);
  }
}
