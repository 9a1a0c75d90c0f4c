import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { PLAIN_POST } from '../platform-format/envelope.ts';
import { LARGEST_BODY, limitBody } from './body.ts';

/** How the front door answers in place of the function; undefined lets a request through. */
type Answer = { status: number; text: string; headers?: Record<string, string> } | undefined;

/** What the front door needs. */
export interface Door {
  /** Whether a request's Authorization header is Pub/Sub's; undefined lets everybody in. */
  isPubSub?: (authorization: string | undefined) => Promise<boolean>;
  /** Called with the reason when a delivery is turned away. */
  onRefusal: (reason: string) => void;
}

/**
 * Returns a server's listener with a door before it: GET says that the process lives, only POST is a delivery, and of
 * deliveries only those that Pub/Sub may have sent come through. A plain push is marked, so that the functions-framework
 * leaves its body alone: the framework would drop the count of deliveries.
 */
export const frontDoor =
  (app: RequestListener, { isPubSub, onRefusal }: Door): RequestListener =>
  async (request, response) => {
    const answer = answerOf(request) ?? (isPubSub && (await tokenAnswer(request, isPubSub)));
    if (answer) {
      if (request.method === 'POST') onRefusal(answer.text);
      return give(request, response, answer);
    }
    markPlain(request);
    limitBody(request, () => {
      onRefusal(TOO_LARGE.text);
      give(request, response, TOO_LARGE);
    });
    app(request, response);
  };

const TOO_LARGE = { status: 413, text: 'the body is larger than any of Pub/Sub’s' };

function answerOf({ method, url = '', headers }: IncomingMessage): Answer {
  if (method === 'GET' || method === 'HEAD') {
    return /^\/(healthz)?(\?|$)/.test(url) ? { status: 200, text: 'ok' } : { status: 404, text: 'not found' };
  }
  if (method !== 'POST') return { status: 405, text: 'only POST', headers: { allow: 'GET, HEAD, POST' } };
  if (Number(headers['content-length']) > LARGEST_BODY) return TOO_LARGE;
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' ? undefined : { status: 415, text: 'the body is compressed, as none of Pub/Sub’s is' };
}

/** Whether somebody is let in is known after a while; until then the body waits unread. */
const tokenAnswer = ({ headers }: IncomingMessage, isPubSub: NonNullable<Door['isPubSub']>): Promise<Answer> =>
  isPubSub(headers.authorization).then(
    (isIt) => (isIt ? undefined : { status: 401, text: 'the token is none that Pub/Sub sends for PUSH_AUDIENCE' }),
    () => ({ status: 503, text: 'Google’s certificates cannot be read, so that no token can be checked' }),
  );

/** Reads to the end what nobody wants, so that a client that is still sending gets to the answer. */
function give(request: IncomingMessage, response: ServerResponse, answer: NonNullable<Answer>): void {
  request.resume();
  response
    .writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', ...answer.headers })
    .end(`${answer.text}\n`);
}

/** A delivery without the headers of a CloudEvent gets them. */
function markPlain({ headers }: IncomingMessage): void {
  const marks = { 'ce-id': '-', 'ce-source': '-', 'ce-specversion': '1.0', 'ce-type': PLAIN_POST };
  if (Object.keys(marks).some((name) => !headers[name])) Object.assign(headers, marks);
}
