import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Answer } from '../http.ts';
import { invalid, notFound } from './errors.ts';
import { eventsBetween } from './event-index.ts';
import { rangeOf, type TimeRange } from './event-times.ts';
import { parseFilter } from './filter-syntax.ts';
import { metricId } from './metrics.ts';
import { link } from './pages.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { KlaviyoEvent } from './state.ts';

const PATH = '/api/metric-aggregates';
const FILTER = '/data/attributes/filter';

/** What a query may say, so far as the stand-in acts on it. */
const body = z.strictObject({
  data: z.strictObject({
    type: z.literal('metric-aggregate'),
    attributes: z.strictObject({
      metric_id: z.string(),
      measurements: z.array(z.enum(['count', 'sum_value'])).min(1),
      interval: z.enum(['hour', 'day', 'month']).nullish(),
      by: z.array(z.literal('$value_currency')).max(1).nullish(),
      filter: z.array(z.string()),
      timezone: z.literal('UTC').nullish(),
      page_size: z.int().min(1).max(500).nullish(),
    }),
  }),
});

type Query = z.infer<typeof body>['data']['attributes'];

/** Klaviyo's operation that counts events. */
export const metricAggregateRoutes: Route[] = [{ method: 'POST', path: PATH, answer: query }];

function query(call: Call): Answer {
  const { metric_id, interval, filter, ...wanted } = readBody(body, call).data.attributes;
  const metric = call.state.metrics.get(metric_id);
  if (!metric) throw notFound('metric', metric_id);
  const range = yearOf(filter, call);
  const events = eventsBetween(call.state, range.from, range.until).filter(
    (event) => metricId(event.metric) === metric.id,
  );
  const dates = datesOf(range, interval ?? 'day');
  const attributes = { dates: dates.map(toDate), data: rowsOf(events, dates, wanted) };
  const links = { self: link(PATH) };
  return { status: 200, body: { data: { type: 'metric-aggregate', id: randomUUID(), attributes, links }, links } };
}

/** The time that is asked for. Throws 400 when it has no begin or end, or is more than a year, or older than Klaviyo counts. */
function yearOf(filter: string[], { settings }: Call): TimeRange {
  const { others, from, until } = rangeOf(filter.flatMap(parseFilter));
  if (others.length > 0) throw invalid('The stand-in filters by datetime only.', FILTER);
  const operators = filter.flatMap(parseFilter).map(({ operator, field }) => `${operator} ${field}`);
  const isRange = ['greater-or-equal datetime', 'less-than datetime'].every((one) => operators.includes(one));
  if (!isRange || from >= until) throw invalid('A time range is required.', FILTER);
  if (until > yearsAfter(from, 1)) throw invalid('The time range may span a maximum of one year.', FILTER);
  if (from < yearsAfter(Date.now(), -settings.aggregateYears))
    throw invalid(`The time range may begin ${settings.aggregateYears} years ago at most.`, FILTER);
  return { from, until };
}

function yearsAfter(time: number, years: number): number {
  const date = new Date(time);
  return Number.isFinite(years) ? date.setUTCFullYear(date.getUTCFullYear() + years) : Number.NEGATIVE_INFINITY;
}

/** How many characters of an ISO date tell its hour, day or month. */
const PRECISION = { hour: 13, day: 10, month: 7 };
const HOUR = 60 * 60 * 1000;

/** Hours, days or months, as an ISO date begins, from that of the begin on. */
function datesOf({ from, until }: TimeRange, interval: keyof typeof PRECISION): string[] {
  const dates = new Set<string>();
  for (let time = from - (from % HOUR); time < until; time += HOUR)
    dates.add(new Date(time).toISOString().slice(0, PRECISION[interval]));
  return [...dates];
}

const toDate = (start: string) => `${start}${'0000-01-01T00:00:00+00:00'.slice(start.length)}`;

/** A row for each currency; of events without one the dimension is empty. */
function rowsOf(events: KlaviyoEvent[], dates: string[], { by, measurements, page_size }: Partial<Query>) {
  const precision = dates[0]?.length;
  const places = new Map(dates.map((date, index) => [date, index]));
  const zeros = () => dates.map(() => 0);
  const rows = new Map<string, Record<'count' | 'sum_value', number[]>>();
  if (!by?.length) rows.set('', { count: zeros(), sum_value: zeros() });
  for (const { time, value, value_currency } of events) {
    const dimension = by?.length ? (value_currency ?? '') : '';
    const row = rows.get(dimension) ?? { count: zeros(), sum_value: zeros() };
    rows.set(dimension, row);
    const place = places.get(time.slice(0, precision)) ?? 0;
    row.count[place] = (row.count[place] ?? 0) + 1;
    row.sum_value[place] = (row.sum_value[place] ?? 0) + (value ?? 0);
  }
  return [...rows].slice(0, page_size ?? 500).map(([dimension, row]) => ({
    dimensions: by?.length ? [dimension] : [],
    measurements: Object.fromEntries((measurements ?? []).map((name) => [name, row[name]])),
  }));
}
