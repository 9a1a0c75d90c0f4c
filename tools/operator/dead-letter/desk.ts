import type { DryRun } from '../support/dry-run.ts';
import type { Letter } from './letter.ts';
import type { Queue } from './queue.ts';

/** What the commands work with. */
export interface Desk {
  queue: Queue;
  /** Whether letters of several lanes are looked at, so that each has to say which is its own. */
  hasLanes: boolean;
  /** Plans a letter without sending it. */
  dryRun(event: unknown): Promise<DryRun>;
  /** Brings a letter back: to the topic of its lane, or straight to Klaviyo. Throws StillRefusedError for one that stays where it is. */
  publish(letter: Letter): Promise<void>;
  /** Aborted by Ctrl-C. */
  stop: AbortSignal;
  showPayload: boolean;
  /** Whether to print JSON. */
  json: boolean;
  isDryRun: boolean;
}

/** Where dead letters are, and the way back. */
export interface Source extends Pick<Desk, 'queue' | 'publish' | 'hasLanes'> {
  close(): Promise<void>;
}
