import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

const CREATED = 'http.client.request.created';

/**
 * Calls back for each request that this process makes by Node's HTTP client, as it is made. Returns what ends that.
 * https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#http
 */
export function onSentRequest(see: (request: ClientRequest) => void): () => void {
  const seen = (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return;
    if (message.request instanceof ClientRequest) see(message.request);
  };
  subscribe(CREATED, seen);
  return () => void unsubscribe(CREATED, seen);
}

/** Collects the credentials that this process sends from now on: what follows the scheme in Authorization. */
export function collectCredentials() {
  const credentials = new Set<string>();
  const stop = onSentRequest((request) => {
    for (const secret of String(request.getHeader('authorization') ?? '')
      .split(' ')
      .slice(1))
      credentials.add(secret);
  });
  return { credentials, stop };
}
