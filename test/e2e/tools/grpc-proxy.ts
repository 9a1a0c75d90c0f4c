import { connect, createServer, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** What a call meets: it is never answered, or refused as UNAVAILABLE; either way it does not get there. */
export type Effect = 'stall' | 'refuse';

/** Stands before a gRPC server. */
export interface GrpcProxy {
  /** `host:port`, for PUBSUB_EMULATOR_HOST. */
  host: string;
  /** Resolves when the first call has stalled. */
  stalled: Promise<void>;
  stop(): Promise<void>;
}

const UNAVAILABLE = {
  ':status': 200,
  'content-type': 'application/grpc',
  'grpc-status': '14',
  'grpc-message': 'Gone.',
};

/**
 * Starts a proxy that hands gRPC calls on.
 *
 * @param effectOf what a call meets instead, by its method, such as `Publisher/Publish`
 */
export async function startGrpcProxy(
  url: string,
  effectOf: (method: string) => Effect | undefined,
): Promise<GrpcProxy> {
  const { promise: stalled, resolve: stall } = Promise.withResolvers<void>();
  const upstream = connect(url);
  const server = createServer();
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  // A client that is killed is part of the game.
  server.on('sessionError', () => {});
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const effect = effectOf(String(headers[':path']).replace('/google.pubsub.v1.', ''));
    if (effect === 'stall') return stall();
    if (effect === 'refuse') return stream.respond(UNAVAILABLE, { endStream: true });
    let trailers: IncomingHttpHeaders = {};
    const request = upstream.request(headers);
    request.on('error', () => stream.destroy());
    request.on('response', (response) => {
      // A refusal has no body: its headers are its trailers.
      const isOver = 'grpc-status' in response;
      stream.respond(response, { endStream: isOver, waitForTrailers: !isOver });
    });
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
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
