import http, { type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Configuration } from '../config/environment.ts';
import type { Logger } from '../log/logger.ts';
import { logStart } from '../log/start.ts';
import { frontDoor } from './door.ts';
import { pushTokenCheck } from './push-token.ts';

/**
 * Milliseconds that a connection may be idle: longer than the ten minutes after which Google's proxies close theirs, so that none sends a
 * message over a connection that is being closed here: https://cloud.google.com/load-balancing/docs/https#timeouts_and_retries
 */
const KEEP_ALIVE = 620_000;

/**
 * Takes over the server that the functions-framework makes after it has loaded the function: the front door, the address, how
 * long a connection may be idle, and what is said when it listens or cannot. Only that one server: `http.createServer` is itself
 * again afterwards.
 */
export function adoptServer(configuration: Configuration, logger: Logger): void {
  const { createServer } = http;
  const { host, pusher } = configuration;
  const door = {
    isPubSub: pusher && pushTokenCheck(pusher),
    onRefusal: (reason: string) => logger.warn(`refused: ${reason}`),
  };

  function adopt(app: RequestListener): Server {
    Object.assign(http, { createServer });
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, frontDoor(app, door));
    if (host) listenAt(host, server);
    return server
      .once('listening', () => logStart(logger, configuration, server.address() as AddressInfo))
      .once('error', ({ code, port }: NodeJS.ErrnoException & { port?: number }) => {
        const reason =
          code === 'EADDRINUSE' ? `port ${port} is taken, PORT names another` : `${code}, see HOST and PORT`;
        logger.fatal(`cannot listen: ${reason}`);
        process.exit(1);
      });
  }

  Object.assign(http, { createServer: adopt });
}

/** The framework knows no address: it says `listen(port, callback)`. */
function listenAt(host: string, server: Server): void {
  const listen = server.listen.bind(server);
  Object.assign(server, { listen: (port: number, listening: () => void) => listen(Number(port), host, listening) });
}
