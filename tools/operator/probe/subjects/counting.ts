import * as z from 'zod';
import { inWords, read, taken } from '../answers.ts';
import { aggregate, counted, countOf, metricId, ownMetrics, someHour, type TimeRange } from '../calls/counting.ts';
import { awaitEvent, type NewEvent, newId, track } from '../calls/events.ts';
import { create, erase, person } from '../calls/profiles.ts';
import type { Subject } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const AGGREGATES = 'test/doubles/klaviyo/metric-aggregates.ts';
const COUNTS = 'countsByDay in shared/klaviyo/bulk/counts.ts';
const DAY = 24 * 3_600_000;

/** Makes somebody with these events, one a second of an hour, and waits for them. */
async function recorded(lab: Lab, { from }: TimeRange, events: readonly Partial<NewEvent>[]): Promise<string> {
  const owner = person(lab);
  const id = await create(lab, owner);
  for (const [index, event] of events.entries()) {
    const time = new Date(from + index * 1000).toISOString();
    const mark = String(index);
    taken(await track(lab, owner, { mark, unique_id: newId(), time, ...event }));
    await awaitEvent(lab, id, mark);
  }
  return id;
}

/** Returns the metric's id, which there is none of before its first event. */
async function existingMetric(lab: Lab): Promise<string> {
  await recorded(lab, someHour(lab), [{}]);
  return metricId(lab);
}

const yearFrom = (from: number): TimeRange => ({ from, until: from + 365 * DAY });

/** Midnight so many days ago. */
const daysAgo = (days: number): number => Math.floor(Date.now() / DAY - days) * DAY;

const listed = z.looseObject({
  data: z.array(z.looseObject({ attributes: z.looseObject({ timestamp: z.number() }) })),
});

/** Experiments on counts of events, and on lists of their times. */
export const counting: Subject = {
  name: 'counting',
  scopes: ['events:read', 'events:write', 'metrics:read', 'profiles:read', 'profiles:write'],
  experiments: [
    {
      name: 'metric',
      question: 'As what is a metric listed that an event has made?',
      assumed: 'once, of the integration API',
      change: 'metricIds in shared/klaviyo/bulk/counts.ts; test/doubles/klaviyo/metrics.ts',
      async run(lab) {
        await existingMetric(lab);
        const found = await ownMetrics(lab);
        const names = found.map(({ attributes }) => attributes.integration?.name ?? 'none');
        return `${found.length === 1 ? 'once' : `${found.length} times`}, of the integration ${names.join(', ')}`;
      },
    },
    {
      name: 'hour',
      question: 'Are the events of an hour counted in that hour, its first second included and the next hour’s not?',
      assumed: 'those of the hour',
      change: `${AGGREGATES}; ${COUNTS}`,
      async run(lab) {
        const metric = await existingMetric(lab);
        const hour = someHour(lab);
        const before = await countOf(lab, metric, hour);
        const times = [hour.from, hour.until - 1000, hour.until].map((time) => ({
          time: new Date(time).toISOString(),
        }));
        await recorded(lab, hour, times);
        await lab.comesTrue(async () => (await countOf(lab, metric, hour)) - before > 1);
        await lab.settle();
        const count = (await countOf(lab, metric, hour)) - before;
        return count === 2 ? 'those of the hour' : `${count} where 2 are of the hour`;
      },
    },
    {
      name: 'year',
      question: 'Is a year the longest time that counts are given for in one call?',
      assumed: 'a year: taken; a day more: refused (400 invalid)',
      change: `${AGGREGATES}; ${COUNTS}, which splits`,
      async run(lab) {
        const metric = await existingMetric(lab);
        const from = daysAgo(400);
        const [year, more] = [yearFrom(from), { from, until: from + 367 * DAY }];
        const answer = inWords(await aggregate(lab, metric, year));
        return `a year: ${answer}; a day more: ${inWords(await aggregate(lab, metric, more))}`;
      },
    },
    {
      name: 'long-ago',
      question: 'Are counts given for a year that began ten years ago?',
      assumed: 'taken',
      change: `the setting aggregateYears of test/doubles/klaviyo; ${COUNTS}`,
      run: async (lab) => inWords(await aggregate(lab, await existingMetric(lab), yearFrom(daysAgo(3650)))),
    },
    {
      name: 'currencies',
      question: 'Is the sum of values told for each currency, in that currency?',
      assumed: 'for each, in its own',
      change: AGGREGATES,
      async run(lab) {
        const metric = await existingMetric(lab);
        const hour = someHour(lab);
        const look = () => counted(lab, metric, hour, ['$value_currency']);
        const before = await look();
        const values = { EUR: 64, USD: 32 } as const;
        const events = Object.entries(values).map(([value_currency, value]) => ({ value, value_currency }));
        await recorded(lab, hour, events);
        const sumIn = (rows: typeof before, currency: string) =>
          rows.find(({ dimension }) => dimension === currency)?.sum ?? 0;
        const isOwn = await lab.until(async () => {
          const now = await look();
          return (
            Object.entries(values).every(([currency, sum]) => sumIn(now, currency) - sumIn(before, currency) === sum) ||
            undefined
          );
        });
        return isOwn ? 'for each, in its own' : 'otherwise';
      },
    },
    {
      name: 'erased',
      question: 'Are the events of a profile that was erased counted no more?',
      assumed: 'no more',
      change: `test/doubles/klaviyo/erasure.ts; the reason "erased" of shared/history, which expects them to be missing`,
      async run(lab) {
        const metric = await existingMetric(lab);
        const hour = someHour(lab);
        const before = await countOf(lab, metric, hour);
        const id = await recorded(lab, hour, [{}]);
        if (!(await lab.comesTrue(async () => (await countOf(lab, metric, hour)) > before))) return 'not before either';
        await erase(lab, id);
        const areGone = await lab.comesTrue(async () => (await countOf(lab, metric, hour)) <= before);
        return areGone ? 'no more' : 'still';
      },
    },
    {
      name: 'times',
      question: 'Are the times of a metric’s events listed by a range, a thousand a page and without their properties?',
      assumed: 'listed',
      change: 'seconds in shared/klaviyo/bulk/events.ts; test/doubles/klaviyo/events.ts',
      async run(lab) {
        const metric = await existingMetric(lab);
        const hour = someHour(lab);
        await recorded(lab, hour, [{}]);
        const [from, until] = [hour.from, hour.until].map((time) => new Date(time).toISOString());
        const range = `greater-or-equal(datetime,${from}),less-than(datetime,${until})`;
        const query = {
          filter: `equals(metric_id,"${metric}"),${range}`,
          ...{ 'fields[event]': 'timestamp', 'page[size]': '1000', sort: 'datetime' },
        };
        const isListed = await lab.comesTrue(async () => {
          const { data } = read(listed, await lab.klaviyo({ method: 'GET', path: '/api/events', query }));
          return data.some(({ attributes }) => attributes.timestamp === hour.from / 1000);
        });
        return isListed ? 'listed' : 'not listed';
      },
    },
    {
      name: 'of-a-profile',
      question: 'Is a list of events taken that asks for a metric and a profile at once?',
      assumed: 'taken, and has the event',
      change: 'hasEvent in shared/klaviyo/bulk/events.ts; filters in test/doubles/klaviyo/events.ts',
      async run(lab) {
        const hour = someHour(lab);
        const id = await recorded(lab, hour, [{}]);
        const filter = `equals(metric_id,"${await metricId(lab)}"),equals(profile_id,"${id}")`;
        const query = { filter, 'fields[event]': 'timestamp', 'page[size]': '1000', sort: 'timestamp' };
        const answer = await lab.klaviyo({ method: 'GET', path: '/api/events', query });
        if (answer.status >= 300) return inWords(answer);
        return `taken, and ${read(listed, answer).data.length > 0 ? 'has the event' : 'lacks the event'}`;
      },
    },
  ],
};
