import { setTimeout as sleep } from 'node:timers/promises';
import { CUSTOMER_CREATED } from './kinds.ts';
import { type MeasuredProcess, startBare, startSync } from './process.ts';
import { firstAcknowledgement } from './push.ts';
import { startStandIns } from './stand-in.ts';
import { type Figures, medians } from './statistics.ts';

const RUNS = 5;
/** What is freed right after the start is not idle memory. */
const IDLE_MILLISECONDS = 1000;
const START = ['milliseconds', 'idleMiB'] as const;

/** From the start of the process to its first acknowledgement; the memory that it holds a second later. */
type Start = Figures<(typeof START)[number]>;

/** The start of the framework alone, and of the function in each folder. */
export interface Starts {
  bare: Start;
  functions: Start[];
}

/** How the function that was built in each folder starts, and the framework without any; medians of alternate starts. */
export async function measureStarts(folders: readonly string[]): Promise<Starts> {
  const bare: Start[] = [];
  const functions: Start[][] = folders.map(() => []);
  for (let run = 0; run < RUNS; run++) {
    bare.push(await measure(await startBare()));
    for (const [index, folder] of folders.entries()) {
      const standIns = await startStandIns();
      functions[index]?.push(await measure(await startSync(folder, standIns)));
      await standIns.stop();
    }
  }
  return { bare: medians(bare, START), functions: functions.map((starts) => medians(starts, START)) };
}

async function measure(process: MeasuredProcess): Promise<Start> {
  const milliseconds = await firstAcknowledgement(process, CUSTOMER_CREATED.notification(0));
  await sleep(IDLE_MILLISECONDS);
  const { now: idleMiB } = process.memoryMiB();
  await process.stop();
  return { milliseconds, idleMiB };
}
