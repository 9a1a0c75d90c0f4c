import type { History } from '../history.ts';
import { compare } from './compare.ts';
import type { Counts } from './counts.ts';
import { dayOf } from './days.ts';
import { type Fact, keyOf } from './facts.ts';
import type { Ledger, Sent } from './ledger.ts';
import type { Mending } from './mend.ts';
import { type Due, only, type Source } from './source.ts';

const MINUTE = 60_000;
/** ⚙ Of so many events the unique ids are looked up at once: counts do not grow by what Klaviyo has had before. */
const FEW = 1000;

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
  /**
   * Looks at once and, while something is missing, again and again. What is missing then is sent by itself. Returns what Klaviyo counted
   * at the last look.
   */
  settle(): Promise<Counts>;
  /** Reports what is missing even then. */
  report(): Promise<void>;
}

/**
 * Returns what looks again at what was sent. Counts say on which days there is too little: the orders of these are read once more, and
 * compared one by one.
 */
export function createLook({ account, options, patience, progress }: History, looking: Looking): Look {
  const { ledger, mending, before, count } = looking;
  let last = { counts: before, events: 0, isShort: false };

  /** Returns the days on which Klaviyo has fewer events than before and what was sent since. */
  async function look(): Promise<Days> {
    const counts = count();
    const short = new Map<string, string[]>();
    for (const [metric, sent] of ledger.all()) {
      const [then, shown] = await Promise.all([before.byDay(metric), counts.byDay(metric)]);
      const isShort = ([day, events]: [string, number]) => (shown.get(day) ?? 0) < (then.get(day) ?? 0) + events;
      const days = [...sent].filter(isShort).map(([day]) => day);
      if (days.length > 0) short.set(metric, days);
    }
    last = { counts, events: ledger.events(), isShort: short.size > 0 };
    return short;
  }

  /** Yields the facts of a source that Klaviyo lacks on some days, but for those that were seen before. */
  async function* missingOf(source: Source, days: Days, seen: Set<string>): AsyncGenerator<readonly Due[], void> {
    const isInQuestion = (fact: Fact) =>
      Boolean(days.get(fact.metric)?.includes(dayOf(fact.time))) && !ledger.isRefused(fact);
    const inQuestion = only(source, isInQuestion);
    const { isEqual, isAbsent } = await compare(inQuestion, new Set(days.keys()), account, count());
    const isNew = (fact: Fact) => seen.size < seen.add(keyOf(fact)).size;
    if (!isEqual) yield* only(inQuestion, (fact) => isAbsent(fact) && isNew(fact))();
  }

  /** Does something about all that is missing on some days. Returns how much that is. */
  async function forMissing(short: Days, act: (page: readonly Due[]) => Promise<number>): Promise<number> {
    const seen = new Set<string>();
    let missing = 0;
    for (const [source, sent] of ledger.bySource()) {
      await patience.wait(0);
      const days = onBoth(short, sent);
      if (days.size > 0) for await (const page of missingOf(source, days, seen)) missing += await act(page);
    }
    last.isShort = missing > 0;
    return missing;
  }

  return {
    async settle() {
      if (last.events === ledger.events()) return last.counts;
      const short = await look();
      if (last.isShort && ledger.events() <= FEW) await forMissing(short, mending.count);
      for (const minutes of options.lookAgain) {
        if (!last.isShort) break;
        progress.say('orders', `waits ${minutes} minutes to see what Klaviyo has recorded`);
        await patience.wait(minutes * MINUTE);
        const missing = await look();
        if (last.isShort) progress.say('orders', 'sends one by one what Klaviyo has not recorded');
        await forMissing(missing, mending.mendSingly);
      }
      return last.counts;
    },
    async report() {
      if (last.isShort) await forMissing(await look(), mending.report);
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
