import * as z from 'zod';
import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { read } from '../answers.ts';
import type { Lab } from '../lab.ts';
import { placeOf } from '../names.ts';
import { METRIC } from './events.ts';

const metrics = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      attributes: z.looseObject({
        name: z.string().nullish(),
        integration: z.looseObject({ name: z.string().nullish() }).nullish(),
      }),
    }),
  ),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/** A metric as Klaviyo lists it. */
export type ListedMetric = z.output<typeof metrics>['data'][number];

/** Returns those of the account's metrics that have the name of ours. */
export async function ownMetrics({ klaviyo }: Lab): Promise<ListedMetric[]> {
  const found: ListedMetric[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = cursor ? { 'page[cursor]': cursor } : undefined;
    const { data, links } = read(metrics, await klaviyo({ method: 'GET', path: '/api/metrics', query }));
    found.push(...data.filter(({ attributes }) => attributes.name === METRIC));
    cursor = links?.next ? (new URL(links.next).searchParams.get('page[cursor]') ?? undefined) : undefined;
    if (!cursor) return found;
  }
}

/** Waits for our metric, which is there from its first event on, and returns its id. */
export const metricId = async (lab: Lab): Promise<string> =>
  (await lab.awaited('the metric', async () => (await ownMetrics(lab))[0])).id;

/** A time, in milliseconds since the epoch; `until` is the first moment that does not count. */
export interface TimeRange {
  from: number;
  until: number;
}

/** A time as Klaviyo's filters have it: in UTC, without an offset. */
const plain = (time: number): string => new Date(time).toISOString().slice(0, 19);

/** Asks how many events of our metric there are, by currency where that is wanted. */
export function aggregate(
  { klaviyo }: Lab,
  metric: string,
  { from, until }: TimeRange,
  by: string[] = [],
): Promise<RawAnswer> {
  const attributes = {
    metric_id: metric,
    measurements: ['count', 'sum_value'],
    interval: 'hour',
    ...(by.length > 0 && { by }),
    filter: [`greater-or-equal(datetime,${plain(from)})`, `less-than(datetime,${plain(until)})`],
    timezone: 'UTC',
    page_size: 500,
  };
  return klaviyo({
    method: 'POST',
    path: '/api/metric-aggregates',
    body: { data: { type: 'metric-aggregate', attributes } },
  });
}

const numbers = z.array(z.number());

const aggregates = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({
      data: z.array(
        z.looseObject({
          dimensions: z.array(z.string()),
          measurements: z.looseObject({ count: numbers, sum_value: numbers }),
        }),
      ),
    }),
  }),
});

/** What is counted of a time, of one currency or of all. */
export interface Counted {
  dimension: string;
  count: number;
  sum: number;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Returns what is counted, a row for each currency where that is wanted. */
export async function counted(lab: Lab, metric: string, range: TimeRange, by: string[] = []): Promise<Counted[]> {
  const { data } = read(aggregates, await aggregate(lab, metric, range, by)).data.attributes;
  return data.map(({ dimensions: [dimension = ''], measurements: { count, sum_value } }) => {
    return { dimension, count: sumOf(count), sum: sumOf(sum_value) };
  });
}

/** Returns how many events are counted. */
export const countOf = async (lab: Lab, metric: string, range: TimeRange): Promise<number> =>
  sumOf((await counted(lab, metric, range)).map(({ count }) => count));

const HOUR = 3_600_000;
/** Hours of the past year, from two days ago on backwards, each second one: what is on the border of two is nobody else's. */
const [YOUNGEST, HOURS] = [48, 3600];

/** Returns an hour of the past year that no other experiment has. */
export function someHour(lab: Lab): TimeRange {
  const hoursAgo = YOUNGEST + 2 * placeOf(lab.name(), HOURS);
  const from = (Math.floor(Date.now() / HOUR) - hoursAgo) * HOUR;
  return { from, until: from + HOUR };
}
