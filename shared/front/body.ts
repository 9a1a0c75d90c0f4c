import type { IncomingMessage } from 'node:http';

/** A push of Pub/Sub's largest message, 10 MB (https://cloud.google.com/pubsub/quotas), in Base64 and with its envelope. */
export const LARGEST_BODY = 14 * 1024 * 1024;

/**
 * Counts a body while it is read. Once the body is too large, nobody reads on: its reader is left without an end. A body that
 * nobody reads has been refused already, for its charset for instance, and is let pass: whoever refused it answers at its end.
 *
 * @param onExcess called once
 */
export function limitBody(request: IncomingMessage, onExcess: () => void): void {
  // The header has been checked, and Node reads no more than it says.
  if (request.headers['content-length'] !== undefined) return;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    const isRead = request.listenerCount('data') > 1;
    if (bytes <= LARGEST_BODY || !isRead) return;
    request.removeAllListeners();
    onExcess();
  });
}
