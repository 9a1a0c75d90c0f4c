import pMap from 'p-map';
import type { Order } from '../../commercetools/resources/order.ts';
import type { Span } from '../../commercetools/scans/scans.ts';
import type { Account } from '../../klaviyo/bulk/account.ts';
import type { ProfileReference } from '../../klaviyo/writes.ts';
import { placedAt } from '../../mappers/orders/context.ts';
import type { Counts } from './counts.ts';
import { countWithin, DAY } from './days.ts';
import type { Fact } from './facts.ts';
import type { Source } from './source.ts';

/** What a comparison has found. */
export interface Comparison {
  /** How many facts there are, by metric. */
  facts: ReadonlyMap<string, number>;
  /** Whether Klaviyo has all of them. */
  isEqual: boolean;
  /** Returns whether Klaviyo lacks a fact. */
  isAbsent(fact: Fact): boolean;
}

/** So many events are asked for one by one. */
const FEW = 20;
/** Listing so many events costs about as much as asking for one. */
const WORTH_ASKING = 50;
/** So many events are listed to be sure of a few. */
const SOME = 10_000;
/** So much later than history guesses live traffic may have told it; what was told even later is asked for one by one. Seconds. */
const LATENESS = (30 * DAY) / 1000;
const CONCURRENCY = 8;

/** What of a fact has to be remembered while others are read. Times are seconds since the epoch, as Klaviyo keeps them. */
interface Noted extends Pick<Fact, 'uniqueId' | 'isEstimated'> {
  second: number;
  /** When it may have been told at the earliest, and at the latest. */
  told: { first: number; last: number };
  profile: ProfileReference;
}

/**
 * Finds out which facts of some metrics Klaviyo lacks: those of a second in which Klaviyo has fewer events than there are facts, unless
 * Klaviyo has an event with their unique id at another time.
 *
 * @param counts what Klaviyo counts, about which is enough
 */
export async function compare(
  source: Source,
  metrics: ReadonlySet<string>,
  account: Account,
  counts: Counts,
): Promise<Comparison> {
  const noted = new Map<string, Noted[]>([...metrics].map((metric) => [metric, []]));
  for await (const page of source())
    for (const { order, facts } of page) for (const fact of facts) noted.get(fact.metric)?.push(note(order, fact));

  const absent = new Map<string, Set<string>>();
  for (const [metric, facts] of noted) absent.set(metric, await absentOf(metric, facts, account, counts));
  return {
    facts: new Map([...noted].map(([metric, facts]) => [metric, facts.length])),
    isEqual: [...absent.values()].every(({ size }) => size === 0),
    isAbsent: ({ metric, uniqueId }) => absent.get(metric)?.has(uniqueId) ?? false,
  };
}

function note(order: Order, { uniqueId, isEstimated, time }: Fact): Noted {
  const second = secondOf(time);
  const told = isEstimated
    ? { first: secondOf(placedAt(order)), last: second + LATENESS }
    : { first: second, last: second };
  const profile = { externalId: order.customerId, email: order.customerEmail };
  return { uniqueId, isEstimated, second, told, profile };
}

const secondOf = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** Returns the unique ids of those facts of a metric that Klaviyo lacks. */
async function absentOf(metric: string, facts: Noted[], account: Account, counts: Counts): Promise<Set<string>> {
  const metricId = await counts.idOf(metric);
  const idsOf = (noted: readonly Noted[]) => new Set(noted.map(({ uniqueId }) => uniqueId));
  if (metricId === undefined) return idsOf(facts);

  async function unlessThere(noted: readonly Noted[]): Promise<Noted[]> {
    const ask = async ({ profile, uniqueId, second }: Noted) => {
      const key = { metricId: String(metricId), profile, uniqueId, time: new Date(second * 1000).toISOString() };
      return isSomebody(profile) && account.hasEvent(key);
    };
    const isThere = await pMap(noted, ask, { concurrency: CONCURRENCY });
    return noted.filter((_, index) => !isThere[index]);
  }

  /** Returns those that are not listed; undefined where there is too much to list. */
  const unlessListed = async (noted: readonly Noted[], most: number): Promise<Noted[] | undefined> => {
    if (noted.length === 0) return [];
    const span = spanOf(noted.map(({ told }) => told));
    if (countWithin(await counts.byDay(metric), span) > most) return undefined;
    const left = new Map(noted.map((one) => [one.uniqueId, one]));
    for await (const ids of account.uniqueIds(metricId, span.from, span.until)) for (const id of ids) left.delete(id);
    return [...left.values()];
  };

  const suspects = facts.length <= FEW ? facts : await inShortSeconds(metricId, facts, account);
  if (suspects.length <= FEW) {
    const [estimated, exact] = parted(await unlessThere(suspects));
    // Whose the event is may have changed since live traffic told it.
    return idsOf([...exact, ...((await unlessListed(estimated, SOME)) ?? estimated)]);
  }
  const left = await unlessListed(suspects, suspects.length * WORTH_ASKING);
  if (!left) return idsOf(await unlessThere(suspects));
  const [estimated, exact] = parted(left);
  return idsOf([...exact, ...(await unlessThere(estimated))]);
}

const parted = (noted: readonly Noted[]): [estimated: Noted[], exact: Noted[]] => [
  noted.filter(({ isEstimated }) => isEstimated),
  noted.filter(({ isEstimated }) => !isEstimated),
];

const isSomebody = ({ externalId, email }: ProfileReference): boolean => Boolean(externalId ?? email);

/** Returns all facts of the seconds in which Klaviyo has fewer events than there are facts: which of them it has is not known yet. */
async function inShortSeconds(metricId: string, facts: readonly Noted[], { seconds }: Account): Promise<Noted[]> {
  const lacking = new Map<number, number>();
  for (const { second } of facts) lacking.set(second, (lacking.get(second) ?? 0) + 1);
  const { from, until } = spanOf(facts.map(({ second }) => ({ first: second, last: second })));
  for await (const page of seconds(metricId, from, until)) {
    for (const second of page) {
      const lack = lacking.get(second);
      if (lack) lacking.set(second, lack - 1);
    }
  }
  return facts.filter(({ second }) => lacking.get(second));
}

/** Returns the span of all of these seconds, in milliseconds. */
function spanOf(seconds: readonly Noted['told'][]): Span {
  const first = seconds.reduce((earliest, one) => Math.min(earliest, one.first), Number.POSITIVE_INFINITY);
  const last = seconds.reduce((latest, one) => Math.max(latest, one.last), 0);
  return { from: first * 1000, until: (last + 1) * 1000 };
}
