import type { Kind } from '../../../shared/history/history.ts';
import { bar } from '../support/bar.ts';
import { duration } from '../support/table.ts';

/** By how much of the latest past the rate is reckoned, in milliseconds. */
const WINDOW = 60_000;

/** How far a kind is. */
export interface Gauge {
  kind: Kind;
  done: number;
  total: number;
  /** The step that is under way, in words; empty for none. */
  step: string;
  /** Takes note of how much is done now, for the rate. Milliseconds. */
  sample(now: number): void;
  /** Returns how many a second; undefined while nobody can tell. */
  rate(): number | undefined;
}

/** Returns the gauge of a kind of which nothing is done yet. */
export function createGauge(kind: Kind): Gauge {
  const samples: { at: number; done: number }[] = [];
  const gauge: Gauge = {
    ...{ kind, done: 0, total: 0, step: '' },
    sample(now) {
      samples.push({ at: now, done: gauge.done });
      while (samples.length > 2 && (samples[1]?.at ?? now) <= now - WINDOW) samples.shift();
    },
    rate() {
      const [first, last] = [samples[0], samples.at(-1)];
      if (!first || !last || last.at === first.at) return undefined;
      return (1000 * (last.done - first.done)) / (last.at - first.at);
    },
  };
  return gauge;
}

/** A number as people read it: 12,000. */
export const grouped = (count: number): string => Math.round(count).toLocaleString('en-US');

/** Returns how fast a kind is and how long it will take, and what it does, as far as that is known. */
function paceOf(gauge: Gauge): string[] {
  const rate = gauge.rate() ?? 0;
  const left = gauge.total - gauge.done;
  const hasPace = rate > 0 && left > 0;
  return [
    ...(hasPace ? [`${rate < 10 ? rate.toFixed(1) : grouped(rate)}/s`, `${duration((1000 * left) / rate)} left`] : []),
    ...(gauge.step ? [gauge.step] : []),
  ];
}

/** A line for a terminal. */
export function barOf(gauge: Gauge): string {
  const { kind, done, total } = gauge;
  const all = Math.max(total, done);
  return [`${kind.padEnd(10)} ${bar(done, all)} ${grouped(done)}/${grouped(all)}`, ...paceOf(gauge)].join('  ');
}

/** A few words for a log. */
export function wordsOf(gauge: Gauge): string {
  const { kind, done, total } = gauge;
  return [`${kind} ${grouped(done)} of ${grouped(Math.max(total, done))}`, ...paceOf(gauge)].join(', ');
}
