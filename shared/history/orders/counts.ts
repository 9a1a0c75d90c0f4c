import type { Span } from '../../commercetools/scans/scans.ts';
import type { Account } from '../../klaviyo/bulk/account.ts';

/** How many events of a metric Klaviyo has by day in UTC, such as `2026-03-31`; days without any are left out. */
export type DayCounts = ReadonlyMap<string, number>;

/** What Klaviyo counts at one time. */
export interface Counts {
  /** Returns Klaviyo's id of a metric; undefined while there is no event of it. */
  idOf(metric: string): Promise<string | undefined>;
  byDay(metric: string): Promise<DayCounts>;
}

/** Returns what Klaviyo counts within a span. Each metric is counted once, when it is asked for. */
export function createCounts({ metricIds, countsByDay }: Account, { from, until }: Span): Counts {
  let ids: ReturnType<Account['metricIds']> | undefined;
  const counts = new Map<string, Promise<DayCounts>>();

  async function idOf(metric: string): Promise<string | undefined> {
    ids ??= metricIds();
    return (await ids).get(metric);
  }

  async function count(metric: string): Promise<DayCounts> {
    const id = await idOf(metric);
    return id === undefined ? new Map() : countsByDay(id, from, until);
  }

  return {
    idOf,
    byDay(metric) {
      const counted = counts.get(metric) ?? count(metric);
      counts.set(metric, counted);
      return counted;
    },
  };
}
