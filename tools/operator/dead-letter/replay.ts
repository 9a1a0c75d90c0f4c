import pMap from 'p-map';
import { ToolError } from '../support/cli.ts';
import type { Letter } from './letter.ts';
import type { Queue } from './queue.ts';

const CONCURRENCY = 20;

/** A letter would be given up again: it stays where it is, and the others are replayed. */
export class StillRefusedError extends ToolError {}

/** What to replay and how. */
export interface ReplayOptions {
  queue: Queue;
  /** Whether a letter is meant. */
  isWanted(letter: Letter): boolean;
  /** At most so many; all when Infinity. */
  limit: number;
  /** Publishes it to the topic it came from, or syncs it; resolves when that is done. */
  publish(letter: Letter): Promise<void>;
  /** Ends the work before the next letter. */
  stop: AbortSignal;
  /** Told after each letter: how many are done of how many found so far. */
  onProgress(done: number, found: number): void;
}

/**
 * Publishes letters and takes each off the dead letters only when it has been published. So at any moment a
 * letter is in one place or in both: in both it is synced twice, which doubles nothing.
 *
 * @returns how many were replayed
 * @throws the first error; what was under way is finished before
 */
export async function replay(options: ReplayOptions): Promise<number> {
  const { queue, isWanted, limit, publish, stop, onProgress } = options;
  let done = 0;
  let found = 0;
  const failures: unknown[] = [];

  async function replayOne(letter: Letter): Promise<void> {
    if (stop.aborted || failures.length > 0) return;
    try {
      await publish(letter);
      await queue.acknowledge(letter);
      done++;
      onProgress(done, found);
    } catch (error) {
      if (!(error instanceof StillRefusedError)) failures.push(error);
    }
  }

  for await (const batch of queue.batches()) {
    const letters = batch.filter(isWanted).slice(0, limit - found);
    found += letters.length;
    await pMap(letters, replayOne, { concurrency: CONCURRENCY });
    if (failures.length > 0) throw failures[0];
    if (stop.aborted || found >= limit) break;
  }
  return done;
}
