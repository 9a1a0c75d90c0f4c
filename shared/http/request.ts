import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { type Attempt, currentAttempt } from '../attempt.ts';
import { proxyVariables } from '../config/early.ts';
import { RetryableError } from '../errors.ts';
import { errorName } from './refusal.ts';
import { tryMilliseconds } from './retry.ts';
import { URI_TOO_LONG } from './status.ts';

/** What is asked of a service. */
export interface HttpCall {
  method: string;
  /** With the query. */
  url: string;
  headers: OutgoingHttpHeaders;
  /** Undefined for none; bytes where the body is no text. */
  body: string | Buffer | undefined;
}

/** A whole answer, whatever its status. */
export interface HttpAnswer {
  status: number;
  /** By name in small letters. */
  headers: IncomingHttpHeaders;
  /** Empty when there is none. */
  body: string;
}

/** Each service as the attempt counts its calls, and as errors name it. */
const NAMES = { commercetools: 'commercetools', klaviyo: 'Klaviyo' } satisfies Record<keyof Attempt['calls'], string>;

/**
 * Characters of a URL. Our own stay below 8 KB; a longer one names what cannot exist, a SKU of a megabyte. A server that is sent
 * more may close the connection before its refusal is read.
 */
const LONGEST_URL = 15_000;

/** Made when they are first needed, as the environment is checked before. */
let made: ReturnType<typeof createConnections> | undefined;
const connections = () => {
  made ??= createConnections();
  return made;
};

/** A burst of events needs many connections, which Node's own agents would close after it. */
function createConnections() {
  const options = { keepAlive: true, maxFreeSockets: 1024, timeout: 60_000, proxyEnv: proxyVariables() };
  return {
    http: { request: httpRequest, agent: new HttpAgent(options) },
    https: { request: httpsRequest, agent: new HttpsAgent(options) },
  };
}

/**
 * Makes one try of a call, and counts it. The trace of the delivery goes with it, so that whoever looks knows for which message
 * it was. No redirect is followed, no compression asked for. Node's own client costs less CPU
 * time than axios and fetch, and is in memory already. A URL that no server takes is refused (414) without a try.
 *
 * @param requestMilliseconds how long the try may take until the answer's last byte; less when the attempt's deadline is nearer
 * @throws RetryableError when no whole answer came, with the network's code or TimeoutError, and nothing of the call
 */
export async function send(
  service: keyof Attempt['calls'],
  call: HttpCall,
  requestMilliseconds: number,
): Promise<HttpAnswer> {
  if (call.url.length > LONGEST_URL) return { status: URI_TOO_LONG, headers: {}, body: '' };
  const milliseconds = tryMilliseconds(requestMilliseconds);
  const { calls, traceparent } = currentAttempt();
  calls[service]++;
  const headers = traceparent === undefined ? call.headers : { ...call.headers, traceparent };
  try {
    return await exchange({ ...call, headers }, milliseconds);
  } catch (error) {
    const code = codeOf(error);
    throw new RetryableError(`${NAMES[service]} did not answer${code ? `: ${code}` : ''}`, { code });
  }
}

function exchange({ method, url, headers, body }: HttpCall, milliseconds: number): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { request, agent } = url.startsWith('https:') ? connections().https : connections().http;
    const asked = request({
      ...urlToHttpOptions(new URL(url)),
      ...{ method, agent },
      headers: body === undefined ? headers : { ...headers, 'Content-Length': Buffer.byteLength(body) },
    });
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(new DOMException('', 'TimeoutError'));
      asked.destroy();
    }, milliseconds);
    asked.on('error', fail);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(timer);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    asked.end(body);
  });
}

/** Returns what names a failed call best: ECONNRESET and the like, or TimeoutError. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : errorName(error);
