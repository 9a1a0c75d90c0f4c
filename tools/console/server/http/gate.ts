import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problem.ts';

/** Names of this machine, as a browser's address bar may say them. */
const NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a method changes nothing. */
const isSafe = (method = ''): boolean => method === 'GET' || method === 'HEAD';

/** What browsers say of who asks (Fetch Metadata): this page itself, or the address bar. Programs say nothing. */
const OWN_SITES: unknown[] = [undefined, 'same-origin', 'none'];

/**
 * Lets in who is on this machine and looks at this page. A name of somebody else that leads here is refused, as a page of
 * theirs could read all of it otherwise (DNS rebinding); and so is a page from elsewhere that would change something or listen,
 * which may link here and no more. What changes something has to be JSON by its header, which no form of a foreign page can
 * send.
 *
 * @throws ProblemError 403 or 415
 */
export function admit({ method, headers }: IncomingMessage, path: string, port: number): void {
  const hosts = NAMES.map((name) => `${name}:${port}`);
  if (!hosts.includes(headers.host ?? ''))
    throw new ProblemError(403, `The console is at http://${hosts[0]}/ and has no other name.`, 'Host');
  if (isSafe(method) && !path.startsWith('/api/')) return;
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
    throw new ProblemError(403, 'Only the page of the console may ask for this.', 'Origin');
  if (!OWN_SITES.includes(site))
    throw new ProblemError(403, 'Only the page of the console may ask for this.', 'Sec-Fetch-Site');
  if (isSafe(method)) return;
  if (!/^application\/json *(;|$)/.test(headers['content-type'] ?? ''))
    throw new ProblemError(415, 'Send JSON, with content-type: application/json.', 'Content-Type');
}

/** Headers of every answer: nothing from elsewhere, in no frame, and nothing is kept. */
export const SAFE_HEADERS = {
  'content-security-policy': [
    ...["default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:"],
    ...["connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};
