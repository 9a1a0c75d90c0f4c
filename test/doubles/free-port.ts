import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * By default no system gives these ports to outgoing connections or to servers that take any: one of another test could have the port before a
 * child listens on it, or while the child is started again.
 */
const FIRST = 12_000;
/** Each process has so many to itself, as far as its id tells it from others. */
const A_PROCESS = 100;
const PROCESSES = 200;

let given = 0;

/** Gives a port of 127.0.0.1 that nobody listens on: the preferred one when it is free, else any; 0 prefers none. */
export async function freePort(preferred = 0): Promise<number> {
  const port = preferred || nextPort();
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch {
    return freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}

function nextPort(): number {
  given += 1;
  return FIRST + (process.pid % PROCESSES) * A_PROCESS + (given % A_PROCESS);
}
