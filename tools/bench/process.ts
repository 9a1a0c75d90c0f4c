import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { functionVariables } from '../../test/doubles/environment.ts';
import { type FunctionOptions, type FunctionProcess, startFunction } from '../../test/doubles/function-process.ts';
import { ACCESS } from '../../test/doubles/shop/access.ts';
import type { StandIns } from './stand-in.ts';

const PROGRAM = 'dist/start.cjs';
const BARE = [
  'node_modules/@google-cloud/functions-framework/build/src/main.js',
  ...['--target=empty', '--signature-type=cloudevent', '--source=tools/bench/bare'],
];
/** What was warmed up stays warm however slow the machine is; the kind order-4-cold is about what was not. */
const SETTINGS = JSON.stringify({ catalog: { categoryCacheSeconds: 3600 } });
/** The function's key of Klaviyo. */
export const API_KEY = 'pk_bench';
/** Linux counts a process's time in hundredths of a second: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK_MILLISECONDS = 10;

/** A function in a process of its own, and what that costs. */
export interface MeasuredProcess extends FunctionProcess {
  /** CPU time of all its threads so far. */
  cpuMilliseconds(): number;
  /** Resident memory, now and at most so far. */
  memoryMiB(): { now: number; peak: number };
}

/**
 * Starts the function that was built in a folder, as `npm start` does; it may not listen yet. Throws when there is none.
 *
 * @param nodeOptions for Node itself, such as `--cpu-prof`
 */
export function startSync(
  folder: string,
  { urls }: Pick<StandIns, 'urls'>,
  nodeOptions: string[] = [],
): Promise<MeasuredProcess> {
  if (!existsSync(join(folder, PROGRAM))) throw new Error(`${folder} is not built: npm run build`);
  const [shop, klaviyo] = [
    { ...ACCESS, url: urls.commercetools },
    { url: urls.klaviyo, apiKey: API_KEY },
  ];
  const env = { ...functionVariables(shop, klaviyo), KLAVIYO_SYNC_SETTINGS: SETTINGS };
  return start({ cwd: resolve(folder), args: [...nodeOptions, PROGRAM], env });
}

/** Starts the functions-framework with a function that does nothing; it may not listen yet. */
export const startBare = (): Promise<MeasuredProcess> => start({ args: BARE, env: {} });

async function start(options: FunctionOptions): Promise<MeasuredProcess> {
  const running = await startFunction(options);
  return {
    ...running,
    cpuMilliseconds: () => usageOf(running.pid).cpuMilliseconds,
    memoryMiB: () => usageOf(running.pid).memoryMiB,
  };
}

/** What a process has taken so far. */
export interface Usage {
  cpuMilliseconds: number;
  memoryMiB: { now: number; peak: number };
}

/** Returns what a process has taken so far. Throws when it is gone. */
export function usageOf(pid: number | undefined): Usage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return {
    cpuMilliseconds: (user + system) * TICK_MILLISECONDS,
    memoryMiB: { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') },
  };
}
