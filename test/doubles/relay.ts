import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** Connects a stream with a port of 127.0.0.1, both ways, until either end is gone. */
export function relay(stream: Duplex, port: number, onConnect?: () => void): void {
  const behind = connect(port, '127.0.0.1', onConnect);
  stream.pipe(behind).pipe(stream);
  const end = () => {
    stream.destroy();
    behind.destroy();
  };
  for (const one of [stream, behind]) one.on('error', end).on('close', end);
}
