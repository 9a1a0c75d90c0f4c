import type { MetricsApi } from 'klaviyo-api';
import * as z from 'zod';
import { eachPage, pageOf, unlessRefused } from '../writers/answers.ts';
import type { Account } from './account.ts';
import type { Endpoints } from './endpoints.ts';
import { dayOf, happened, yearsOf } from './times.ts';

/** Klaviyo's name of the integration whose metrics are those of events that came by the API. */
const API = 'API';
/** Calls that Klaviyo takes in a second. */
const PER_SECOND = { metrics: 10, aggregates: 3 };

const name = z.string().nullish();
const metricPage = pageOf(
  z.looseObject({
    id: z.string(),
    attributes: z.looseObject({ name, integration: z.looseObject({ name }).nullish() }),
  }),
);

const aggregate = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({
      dates: z.array(z.string()),
      data: z.array(z.looseObject({ measurements: z.looseObject({ count: z.array(z.number()) }) })),
    }),
  }),
});

/** Counts events. */
export function eventCounts(
  metrics: MetricsApi,
  { ours }: Endpoints,
  { seconds }: Pick<Account, 'seconds'>,
): Pick<Account, 'metricIds' | 'countsByDay'> {
  const list = ours(PER_SECOND.metrics);
  const query = ours(PER_SECOND.aggregates);

  /** Returns the counts of a year at most, by day, as Klaviyo has them. */
  async function counted(metricId: string, from: number, until: number): Promise<[day: string, count: number][]> {
    const attributes = {
      metricId,
      measurements: ['count' as const],
      interval: 'day' as const,
      filter: happened(from, until, ''),
      timezone: 'UTC',
    };
    const request = () => metrics.queryMetricAggregates({ data: { type: 'metric-aggregate', attributes } });
    const { dates, data } = (await query(request, aggregate)).data.attributes;
    return data.flatMap(({ measurements }) =>
      measurements.count.map((count, index): [string, number] => [String(dates[index]).slice(0, 10), count]),
    );
  }

  /** Returns the same, counted by listing every event. */
  async function listed(metricId: string, from: number, until: number): Promise<[day: string, count: number][]> {
    const days: [string, number][] = [];
    for await (const page of seconds(metricId, from, until))
      days.push(...page.map((second): [string, number] => [dayOf(second * 1000), 1]));
    return days;
  }

  return {
    async metricIds() {
      const ids = new Map<string, string>();
      const pages = eachPage((pageCursor) => list(() => metrics.getMetrics({ pageCursor }), metricPage));
      for await (const page of pages)
        for (const { id, attributes } of page)
          if (attributes.name && (attributes.integration?.name ?? API) === API) ids.set(attributes.name, id);
      return ids;
    },

    async countsByDay(metricId, from, until) {
      const counts = new Map<string, number>();
      for (const year of yearsOf(from, until)) {
        // Klaviyo may not count what is older than some years.
        const days =
          (await unlessRefused(counted(metricId, ...year), undefined, 400)) ?? (await listed(metricId, ...year));
        for (const [day, count] of days) if (count > 0) counts.set(day, (counts.get(day) ?? 0) + count);
      }
      return counts;
    },
  };
}
