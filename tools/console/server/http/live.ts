import type { ServerResponse } from 'node:http';
import type { Changeable, ServerEvents } from '../../api.ts';

/** A browser that lags behind so many bytes is told to ask again, and not row by row. */
const LAG_BYTES = 2_000_000;
const PING_MILLISECONDS = 15_000;
/** All that may change: what is asked for again by whoever missed something. */
export const EVERYTHING: Changeable[] = ['flow', 'klaviyo', 'shop', 'dead-letters', 'weather', 'overview'];

/** Everybody who listens to server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface Live {
  /** Keeps an answer open, and sends it everything from now on. */
  join(response: ServerResponse): void;
  send<Name extends keyof ServerEvents>(name: Name, data: ServerEvents[Name]): void;
  /** Ends every answer. */
  stop(): void;
}

/** Returns a circle that nobody has joined. */
export function createLive(): Live {
  const listeners = new Set<ServerResponse>();
  const lagging = new WeakSet<ServerResponse>();
  const pings = setInterval(() => {
    for (const listener of listeners) listener.write(': ping\n\n');
  }, PING_MILLISECONDS);

  return {
    join(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 1000\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    send(name, data) {
      if (listeners.size === 0) return;
      const text = eventOf(name, data);
      for (const listener of listeners) {
        if (listener.writableLength > LAG_BYTES) {
          lagging.add(listener);
          continue;
        }
        if (lagging.delete(listener)) listener.write(eventOf('changed', { what: EVERYTHING }));
        listener.write(text);
      }
    },
    stop() {
      clearInterval(pings);
      for (const listener of listeners) listener.end();
    },
  };
}

const eventOf = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
