import { dayOf } from './days.ts';
import { type Fact, keyOf, type Told } from './facts.ts';
import type { Source } from './source.ts';

/** How many events of each metric were sent of each day in UTC. */
export type Sent = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What a run has sent: as many as there are, no more than counts are kept. */
export interface Ledger {
  /** Notes facts of a source whose events were sent. */
  send(source: Source, facts: readonly Told[]): void;
  /** Notes an event that Klaviyo has refused for good. */
  refuse(event: Pick<Fact, 'metric' | 'uniqueId'>): void;
  isRefused(event: Pick<Fact, 'metric' | 'uniqueId'>): boolean;
  /** Returns what was sent of each source, the first that was noted first. */
  bySource(): ReadonlyMap<Source, Sent>;
  /** Returns what was sent in all. */
  all(): Sent;
  /** Returns how many events were sent in all. */
  events(): number;
}

/** Returns a ledger of nothing. */
export function createLedger(): Ledger {
  const sources = new Map<Source, Map<string, Map<string, number>>>();
  const refused = new Set<string>();
  let events = 0;

  return {
    send(source, facts) {
      const sent = sources.get(source) ?? new Map<string, Map<string, number>>();
      sources.set(source, sent);
      for (const { metric, time } of facts) add(sent, metric, dayOf(time), 1);
      events += facts.length;
    },
    refuse: (event) => void refused.add(keyOf(event)),
    isRefused: (event) => refused.has(keyOf(event)),
    bySource: () => sources,
    events: () => events,
    all() {
      const sum = new Map<string, Map<string, number>>();
      for (const sent of sources.values())
        for (const [metric, days] of sent) for (const [day, count] of days) add(sum, metric, day, count);
      return sum;
    },
  };
}

function add(sent: Map<string, Map<string, number>>, metric: string, day: string, count: number): void {
  const days = sent.get(metric) ?? new Map<string, number>();
  sent.set(metric, days.set(day, (days.get(day) ?? 0) + count));
}
