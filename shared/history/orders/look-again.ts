import type { History } from '../history.ts';
import type { Due, Source } from './compare.ts';
import type { Counts } from './counts.ts';
import { DAY, dayOf } from './days.ts';
import type { Fact } from './facts.ts';
import type { Ledger, Sent } from './ledger.ts';
import type { Mending } from './mend.ts';
import { shownWithin } from './shown.ts';

const MINUTE = 60_000;

/** Days in UTC by metric. */
type Days = ReadonlyMap<string, readonly string[]>;

/** What has to be known to look again. */
interface Looking {
  ledger: Ledger;
  mending: Mending;
  /** What Klaviyo counted before anything was sent. */
  before: Counts;
  /** Counts anew. */
  count(): Counts;
}

/** Looks whether Klaviyo shows what was sent: a 202 proves nothing. */
export interface Look {
  /** Looks at once and, while something is missing, again and again. What is missing then is sent by itself. */
  settle(): Promise<void>;
  /** Reports what is missing now. */
  report(): Promise<void>;
}

/**
 * Returns what looks again at what was sent. Counts say on which days there is too little: the orders of these are read once more, and
 * compared by unique ids.
 */
export function createLook({ account, options, patience, progress }: History, looking: Looking): Look {
  const { ledger, mending, before, count } = looking;

  /** Returns the days on which Klaviyo has fewer events than before and what was sent since. */
  async function shortDays(): Promise<Days> {
    const now = count();
    const short = new Map<string, string[]>();
    for (const [metric, sent] of ledger.all()) {
      const [then, shown] = await Promise.all([before.byDay(metric), now.byDay(metric)]);
      const days = [...sent].filter(([day, events]) => (shown.get(day) ?? 0) < (then.get(day) ?? 0) + events);
      if (days.length > 0)
        short.set(
          metric,
          days.map(([day]) => day),
        );
    }
    return short;
  }

  /** Returns the unique ids that Klaviyo shows on some days, by metric. */
  async function shownOn(days: Days): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const counts = count();
    const shown = new Map<string, ReadonlySet<string>>();
    for (const [metric, some] of days) {
      const spans = some.map((day) => ({ from: Date.parse(day), until: Date.parse(day) + DAY }));
      shown.set(metric, await shownWithin(account, await counts.idOf(metric), spans));
    }
    return shown;
  }

  /** Yields the facts of a source that Klaviyo does not show on some days. */
  async function* missingOf(source: Source, days: Days): AsyncGenerator<Due[], void> {
    const shown = await shownOn(days);
    const isMissing = (fact: Fact) =>
      days.get(fact.metric)?.includes(dayOf(fact.time)) &&
      !shown.get(fact.metric)?.has(fact.uniqueId) &&
      !ledger.isRefused(fact);
    for await (const page of source()) {
      await patience.wait(0);
      yield page.map((due) => ({ ...due, facts: due.facts.filter(isMissing) })).filter(({ facts }) => facts.length > 0);
    }
  }

  /** Does something about all that is missing. Returns how much that is. */
  async function forMissing(act: (page: readonly Due[]) => Promise<number>): Promise<number> {
    const short = await shortDays();
    let missing = 0;
    for (const [source, sent] of ledger.bySource()) {
      const days = onBoth(short, sent);
      if (days.size > 0) for await (const page of missingOf(source, days)) missing += await act(page);
    }
    return missing;
  }

  return {
    async settle() {
      if ((await shortDays()).size === 0) return;
      for (const minutes of options.lookAgain) {
        progress.say('orders', `waits ${minutes} minutes to see what Klaviyo has recorded`);
        await patience.wait(minutes * MINUTE);
        if ((await forMissing(mending.mendSingly)) === 0) return;
      }
    },
    async report() {
      await forMissing(mending.report);
    },
  };
}

/** Returns those of the days on which something was sent. */
const onBoth = (days: Days, sent: Sent): Days =>
  new Map(
    [...days]
      .map(([metric, some]) => [metric, some.filter((day) => sent.get(metric)?.has(day))] as const)
      .filter(([, some]) => some.length > 0),
  );
