import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEEP_ALIVE } from './http.ts';
import { relay } from './relay.ts';

/** An HTTP proxy of this machine. */
export interface Proxy {
  url: string;
  /** What it was asked for: a host and port for a tunnel, else the whole URL. */
  asked: string[];
  stop(): void;
}

/**
 * Starts a proxy on any port, with tunnels for https, and for http with requests that it passes on.
 *
 * @param ports where each host is on 127.0.0.1, by host and port, such as `shop.example.org:443`
 */
export async function startProxy(ports: Readonly<Record<string, number>>): Promise<Proxy> {
  const asked: string[] = [];
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (incoming, outgoing) => {
    const { url = '', method, headers } = incoming;
    asked.push(url);
    const { hostname, pathname, search } = new URL(url);
    const passedOn = { host: '127.0.0.1', port: ports[`${hostname}:80`], path: pathname + search, method, headers };
    const behind = request(passedOn, (answer) => {
      answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers));
    });
    behind.on('error', () => outgoing.destroy());
    incoming.pipe(behind);
  });
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    relay(socket, ports[url] ?? 0, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
