/**
 * The contract of the console: every answer, request and event of its JSON API, as docs/console.md tells it. Server and page
 * import it, and it has no code. Times are milliseconds since the epoch unless they say otherwise; money is in major units.
 */
export type * from './api/dead-letters.ts';
export type * from './api/events.ts';
export type * from './api/flow.ts';
export type * from './api/klaviyo.ts';
export type * from './api/mapping.ts';
export type * from './api/shop.ts';
export type * from './api/shop-actions.ts';
export type * from './api/weather.ts';

/** The body of every answer whose status is 400 or more. */
export interface Problem {
  /** What is wrong, in a sentence that may be shown. */
  error: string;
  /** Where in the request: a path such as `lines.0.sku`, or `line 3, column 7` of JSON that cannot be read. */
  where?: string;
}

/** `GET /api/overview`: what runs, and how much of everything there is. */
export interface Overview {
  version: string;
  broker: 'emulator' | 'in-process';
  urls: { shop: string; klaviyo: string; function: string; pubsub: string };
  process: FunctionState;
  /** KLAVIYO_SYNC_SETTINGS of the function, as JSON. */
  settings: Record<string, unknown>;
  handlers: { name: string; lane: string; resource: string; becomes: string }[];
  counts: {
    messages: number;
    /** Published, and neither acknowledged nor given up. */
    backlog: number;
    deadLetters: number;
    profiles: number;
    events: number;
    items: number;
    orders: number;
  };
}

/** The function's process. */
export interface FunctionState {
  pid: number | undefined;
  isUp: boolean;
  startedAt: number;
  /** How often it was killed, or ended by itself. */
  restarts: number;
}
