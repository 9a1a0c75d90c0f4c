import { once } from 'node:events';
import { createServer } from 'node:net';

/** Gives a port of 127.0.0.1 that nobody listens on: the preferred one when it is free, else any. */
export async function freePort(preferred = 0): Promise<number> {
  const server = createServer();
  try {
    await once(server.listen(preferred, '127.0.0.1'), 'listening');
  } catch {
    return freePort();
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : preferred;
}
