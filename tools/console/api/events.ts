import type { FlowRow } from './flow.ts';
import type { ServiceName } from './weather.ts';

/**
 * `GET /api/events`, server-sent. Each is `event: NAME` with JSON in `data`. After a reconnection ask again for what is shown.
 */
export interface ServerEvents {
  /** Rows that are new or have changed, oldest first; several times a second at most. */
  flow: FlowRow[];
  /** Once a second. */
  sample: Sample;
  /** Something else has changed, and may be asked for again. */
  changed: { what: Changeable[] };
}

/** What a `changed` event tells of. `flow` means that rows were left out, or all are gone. */
export type Changeable = 'flow' | 'klaviyo' | 'shop' | 'dead-letters' | 'weather' | 'overview';

/** One second. `GET /api/samples` gives those of the last ten minutes, oldest first. */
export interface Sample {
  /** When it ended. */
  at: number;
  /** Messages that were published, acknowledged, given up, and attempts that failed. */
  published: number;
  acknowledged: number;
  givenUp: number;
  failedAttempts: number;
  /** Milliseconds of the attempts that ended; null when none did. */
  p50: number | null;
  p99: number | null;
  /** Published, and neither acknowledged nor given up, when the second ended. */
  backlog: number;
  calls: Record<ServiceName, Calls>;
  /** Events that Klaviyo took. */
  events: { single: number; bulk: number; bulkRequests: number };
}

/** Calls of the function by how they were answered; `cut` never were. */
export interface Calls {
  ok: number;
  /** 4xx other than 429. */
  refused: number;
  /** 429. */
  limited: number;
  /** 5xx. */
  failed: number;
  cut: number;
}

/** `GET /api/samples`. */
export interface Samples {
  samples: Sample[];
}
