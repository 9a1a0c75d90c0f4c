import type { Kind } from './kinds.ts';
import { type MeasuredProcess, startSync } from './process.ts';
import { firstAcknowledgement, type Limits, pushMany } from './push.ts';
import { type StandIns, startStandIns } from './stand-in.ts';
import type { Traffic } from './traffic.ts';

const WARM_UP_CONCURRENCY = 8;

/** A running function with stand-ins of its own, to be pushed messages of one kind after the other. */
export interface Subject {
  process: MeasuredProcess;
  traffic: Traffic;
  /** Pushes messages of a kind until a limit is reached. Throws when one is not acknowledged. */
  push(kind: Kind, limits: Limits): ReturnType<typeof pushMany>;
  /** Pushes, with no latency, everything that comes again, so that Klaviyo knows it and so do caches. */
  meet(kind: Kind): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the function that was built in a folder and waits until it has acknowledged a first message. */
export async function startSubject(folder: string, first: Kind, nodeOptions: string[] = []): Promise<Subject> {
  const standIns = await startStandIns();
  const process = await startSync(folder, standIns, nodeOptions);
  let number = 0;

  const push = async (kind: Kind, limits: Limits) => {
    const next = () => {
      number += 1;
      return kind.notification(number);
    };
    return explain(standIns, () => pushMany(process, next, limits));
  };

  async function meet(kind: Kind): Promise<void> {
    if (kind.prepare) await meet(kind.prepare);
    standIns.traffic.pace = 0;
    if (kind.pool === 0) return;
    // As many numbers in a row as there are in the pool, so that each is there.
    await push(kind, { concurrency: WARM_UP_CONCURRENCY, messages: kind.pool, seconds: Number.POSITIVE_INFINITY });
  }

  await explain(standIns, () => firstAcknowledgement(process, first.notification(number)));
  return {
    process,
    traffic: standIns.traffic,
    push,
    meet,
    async stop() {
      await process.stop();
      await standIns.stop();
    },
  };
}

/** Most failures come from a call that the stand-ins do not know yet. */
async function explain<T>({ traffic }: StandIns, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const unknown = [...new Set(traffic.unknown)];
    throw unknown.length > 0 ? new Error(`the stand-ins do not know: ${unknown.join(', ')}`, { cause: error }) : error;
  }
}
