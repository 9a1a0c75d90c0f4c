import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as the handler sees it, its body read to the end. */
export interface SandboxRequest {
  method: string;
  /** With the query, as sent. */
  path: string;
  headers: IncomingMessage['headers'];
  raw: Buffer;
  /** The body as JSON; undefined when it is empty or not JSON. */
  body: unknown;
}

/** The answer to a request. A string or Buffer is sent as it is, anything else as JSON. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string | string[]>;
}

/** Reads a request to its end. Rejects when the client vanishes meanwhile. */
export async function read(incoming: IncomingMessage): Promise<SandboxRequest> {
  const raw = await bytesOf(incoming);
  const { method = 'GET', url: path = '/', headers } = incoming;
  let body: { value: unknown } | undefined;
  return {
    ...{ method, path, headers, raw },
    get body() {
      body ??= { value: parse(raw) };
      return body.value;
    },
  };
}

/** Without the stream's async iterator, which costs more than the rest of an answer. */
const bytesOf = (incoming: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => resolve(Buffer.concat(chunks)));
    incoming.on('error', reject);
  });

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch {
    return undefined;
  }
}

/** Sends an answer; `contentType` is that of JSON. */
export function send(outgoing: ServerResponse, answer: Answer, contentType = 'application/json'): void {
  const { status, body, headers } = answer;
  const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  if (bytes !== undefined) outgoing.setHeader('content-type', contentType);
  if (status !== 204) outgoing.setHeader('content-length', Buffer.byteLength(bytes ?? ''));
  outgoing.writeHead(status, headers).end(bytes);
}

/** The answer when a double itself does not know what to do. */
export const failed = (error: unknown): Answer & { status: 500 } => ({
  status: 500,
  body: { message: `The sandbox itself failed: ${error}` },
});
