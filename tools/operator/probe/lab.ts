import { setTimeout as sleep } from 'node:timers/promises';
import type { RawKlaviyo } from '../../../shared/klaviyo/raw.ts';
import { ToolError } from '../support/cli.ts';
import { type Names, nameOf } from './names.ts';

/** Before it is looked again, in milliseconds: the first pause, and the longest. */
const PAUSES = { first: 100, longest: 5000 };

/** How long to wait for what Klaviyo does later, in milliseconds. */
export interface Waiting {
  /** Until something is said not to happen that should. */
  patience: number;
  /** Until something is said not to happen that should not. */
  settle: number;
}

/** What an experiment works with. */
export interface Lab {
  klaviyo: RawKlaviyo;
  /** Returns an id that nobody has, of a profile or a catalog entry. All such are deleted at the end. */
  name(): string;
  /** Looks again and again until there is something; returns undefined when there is nothing for as long as patience lasts. */
  until<T>(look: () => Promise<T | undefined>): Promise<T | undefined>;
  /** The same, and throws ToolError when there is nothing. */
  awaited<T>(what: string, look: () => Promise<T | undefined>): Promise<T>;
  /** The same of something that is so or not; returns whether it has come to be so. */
  comesTrue(look: () => Promise<boolean>): Promise<boolean>;
  /** Waits for what should not happen. */
  settle(): Promise<void>;
}

/** Yields the pauses between looks at what Klaviyo does later, in milliseconds. */
export function* pauses(): Generator<number, never> {
  for (let pause = PAUSES.first; ; pause = Math.min(pause * 1.5, PAUSES.longest)) yield pause;
}

/** Returns what experiments work with, until they are stopped: from then on each wait ends with an error. */
export function createLab(klaviyo: RawKlaviyo, names: Names, waiting: Waiting, stop: AbortSignal): Lab {
  const pause = async (milliseconds: number) => {
    await sleep(milliseconds, undefined, { signal: stop }).catch(() => {
      throw new ToolError('stopped');
    });
  };

  async function until<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
    const end = performance.now() + waiting.patience;
    for (const milliseconds of pauses()) {
      const found = await look();
      if (found !== undefined || performance.now() + milliseconds > end) return found;
      await pause(milliseconds);
    }
    return undefined;
  }

  return {
    klaviyo,
    name: () => nameOf(names.run, ++names.count),
    until,
    async awaited(what, look) {
      const found = await until(look);
      if (found === undefined) throw new ToolError(`Klaviyo did not show ${what} within ${waiting.patience / 1000} s`);
      return found;
    },
    comesTrue: async (look) => (await until(async () => (await look()) || undefined)) ?? false,
    settle: () => pause(waiting.settle),
  };
}
