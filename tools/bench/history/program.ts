import { type Child, startChild } from '../../../test/doubles/child.ts';
import { functionVariables, UNSET } from '../../../test/doubles/environment.ts';
import { ACCESS } from '../../../test/doubles/shop/access.ts';
import { usageOf } from '../process.ts';
import type { Traffic } from '../traffic.ts';

const PROGRAM = 'dist/history.cjs';
/** How often it is noted what a process has taken that ends by itself. */
const NOTE_MILLISECONDS = 50;
/** When it is looked again, in minutes: the stand-in shows at once what it has taken. */
const LOOK_AGAIN = '0.02,0.05,0.1';
/** How much of its output is told when it fails. */
const OUTPUT_CHARACTERS = 3000;

/** What a run works on. */
interface Sides {
  shop: { url: string };
  /** What the shop saw. */
  traffic: Traffic;
  klaviyo: { url: string; apiKey: string };
}

/** A run over history in a process of its own. */
export interface HistoryProcess extends Child {
  /** What it had taken when it was last looked at, which is not long ago. */
  taken: { cpuMilliseconds: number; peakMiB: number };
  /** Waits for its end. Throws its last lines unless it says that both sides agree. */
  untilEqual(): Promise<void>;
}

/**
 * Starts `backfill` or `reconcile` as a job does.
 *
 * @param args which of them, and its options
 * @param nodeOptions for Node itself, such as `--cpu-prof`
 */
export function startHistory(
  args: readonly string[],
  { shop, klaviyo, traffic }: Sides,
  nodeOptions: readonly string[] = [],
): HistoryProcess {
  const taken = { cpuMilliseconds: 0, peakMiB: 0 };
  const child = startChild({
    command: process.execPath,
    args: [...nodeOptions, PROGRAM, ...args, '--look-again', LOOK_AGAIN],
    env: { ...UNSET, ...functionVariables({ ...ACCESS, ...shop }, klaviyo), NODE_ENV: 'production' },
  });
  const noting = setInterval(() => {
    try {
      const { cpuMilliseconds, memoryMiB } = usageOf(child.pid);
      // One that has just ended has a time, and no memory any more.
      if (memoryMiB.peak > 0) Object.assign(taken, { cpuMilliseconds, peakMiB: memoryMiB.peak });
    } catch {
      // It is gone.
    }
  }, NOTE_MILLISECONDS);
  void child.exit.then(() => clearInterval(noting));

  async function untilEqual(): Promise<void> {
    const code = await child.exit;
    if (code === 0) return;
    const unknown = [...new Set(traffic.unknown)].join(', ');
    const last = child.output().slice(-OUTPUT_CHARACTERS);
    throw new Error(`${args[0]} ended with ${code}; the shop does not know: ${unknown || 'nothing'}\n${last}`);
  }

  return { ...child, taken, untilEqual };
}
