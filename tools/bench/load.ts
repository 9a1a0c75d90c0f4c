import type { Kind } from './kinds.ts';
import type { Limits } from './push.ts';
import { type Figures, percentile } from './statistics.ts';
import type { Subject } from './subject.ts';

/** What is measured under load, in the order of the table. */
export const LOAD = ['perSecond', 'p50', 'p99', 'cpu', 'newConnections', 'peakMiB'] as const;

/** Messages a second; milliseconds of a message, by the clock and of CPU; new connections a message; peak memory. */
export type Load = Figures<(typeof LOAD)[number]>;

/** One way to push a kind. */
export interface Cell {
  /** Milliseconds of a call. */
  latency: number;
  concurrency: number;
}

/** Rounds of messages that open the connections and let the compiler see the code. */
const WARM_UP_ROUNDS = 2;
const HOT_MESSAGES = 300;
const HOT_SECONDS = 3;

/** Lets the compiler optimise what a kind needs. */
export async function heat(subject: Subject, kind: Kind): Promise<void> {
  subject.traffic.pace = 0;
  await subject.push(kind, { concurrency: 8, messages: HOT_MESSAGES, seconds: HOT_SECONDS });
}

/** Pushes messages of a kind in one way and tells what they cost. */
export async function loadOf(
  subject: Subject,
  kind: Kind,
  { latency, concurrency }: Cell,
  limits: Pick<Limits, 'messages' | 'seconds'>,
): Promise<Load> {
  const { process, traffic } = subject;
  traffic.pace = latency;
  await subject.push(kind, { ...limits, concurrency, messages: WARM_UP_ROUNDS * concurrency });
  traffic.reset();
  const cpuBefore = process.cpuMilliseconds();
  const { latencies, milliseconds } = await subject.push(kind, { ...limits, concurrency });
  const messages = latencies.length;
  return {
    perSecond: (messages * 1000) / milliseconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpu: (process.cpuMilliseconds() - cpuBefore) / messages,
    newConnections: traffic.connections / messages,
    peakMiB: process.memoryMiB().peak,
  };
}
