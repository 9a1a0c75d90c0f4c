import { connect, createServer, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** Stands before a gRPC server. */
export interface StallingProxy {
  /** `host:port`, for PUBSUB_EMULATOR_HOST. */
  host: string;
  /** Resolves when the first call of the stalled method has come. */
  stalled: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a proxy that hands every gRPC call on, but those of one method: they never get there, and are never answered.
 *
 * @param method path of the method, such as /google.pubsub.v1.Publisher/Publish
 */
export async function startStallingProxy(url: string, method: string): Promise<StallingProxy> {
  const { promise: stalled, resolve: stall } = Promise.withResolvers<void>();
  const upstream = connect(url);
  const server = createServer();
  // A client that is killed is part of the game.
  server.on('sessionError', () => {});
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    if (headers[':path'] === method) return stall();
    let trailers: IncomingHttpHeaders = {};
    const request = upstream.request(headers);
    request.on('error', () => stream.destroy());
    request.on('response', (response) => stream.respond(response, { waitForTrailers: true }));
    request.on('trailers', (sent) => {
      trailers = sent;
    });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.pipe(request).pipe(stream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    stalled,
    async stop() {
      upstream.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
