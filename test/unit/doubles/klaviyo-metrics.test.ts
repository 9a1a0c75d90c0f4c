import type { MetricAggregateQueryResourceObjectAttributes } from 'klaviyo-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addMetric, metricId } from '../../doubles/klaviyo/metrics.ts';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

type Query = MetricAggregateQueryResourceObjectAttributes;

let klaviyo: KlaviyoStandIn;

beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => klaviyo.reset());
afterAll(() => {
  expect(klaviyo.violations).toEqual([]);
  return klaviyo.stop();
});

const sdk = () => sdkFor(klaviyo);

async function track(time: string, value?: number, valueCurrency?: string, name = 'Placed Order'): Promise<void> {
  await sdk().events.createEvent({
    data: {
      type: 'event',
      attributes: {
        ...{ properties: {}, uniqueId: `${name} ${time}`, time: new Date(time), value, valueCurrency },
        metric: { data: { type: 'metric', attributes: { name } } },
        profile: { data: { type: 'profile', attributes: { email: 'ann@example.org' } } },
      },
    },
  });
}

async function aggregate(from: string, until: string, query: Partial<Query> = {}) {
  const { body } = await sdk().metrics.queryMetricAggregates({
    data: {
      type: 'metric-aggregate',
      attributes: {
        ...{ metricId: metricId('Placed Order'), measurements: ['count'], timezone: 'UTC' },
        filter: [`greater-or-equal(datetime,${from})`, `less-than(datetime,${until})`],
        ...query,
      },
    },
  });
  const { dates, data } = body.data.attributes;
  return { dates: dates.map((date) => date.toISOString().slice(0, 13)), data };
}

const refused = { response: { status: 400, data: { errors: [{ source: { pointer: '/data/attributes/filter' } }] } } };

describe('metrics', () => {
  const names = async (filter?: string) => {
    const { body } = await sdk().metrics.getMetrics(filter ? { filter } : {});
    return body.data.map(({ id, attributes }) => [
      id,
      attributes.name,
      Reflect.get(attributes.integration ?? {}, 'name'),
    ]);
  };

  test('are there from their first event on', async () => {
    expect(await names()).toEqual([]);
    for (const time of ['2026-07-01T10:00:00Z', '2026-07-02T10:00:00Z']) await track(time);

    expect(await names()).toEqual([[metricId('Placed Order'), 'Placed Order', 'API']]);
  });

  test('of several integrations may have one name', async () => {
    addMetric(klaviyo.state, 'Placed Order', 'Shopify');
    await track('2026-07-01T10:00:00Z');

    const both = [expect.arrayContaining(['Placed Order', 'Shopify']), expect.arrayContaining(['Placed Order', 'API'])];
    expect(await names()).toEqual(both);
    expect(await names('equals(integration.name,"API")')).toEqual([both[1]]);
    expect(new Set((await names()).map(([id]) => id)).size).toBe(2);
  });

  test('fill a second page', async () => {
    for (let index = 0; index < 201; index += 1) addMetric(klaviyo.state, `Metric ${index}`);
    const { body } = await sdk().metrics.getMetrics();
    const second = await sdk().metrics.getMetrics({ pageCursor: body.links?.next ?? '' });

    expect([body.data.length, second.body.data.length]).toEqual([200, 1]);
  });
});

describe('an aggregate', () => {
  beforeEach(async () => {
    await track('2026-06-30T23:59:59Z', 1, 'EUR');
    await track('2026-07-01T00:00:00Z', 2, 'EUR');
    await track('2026-07-01T23:59:59Z', 3, 'USD');
    await track('2026-07-03T12:00:00Z');
    await track('2026-07-01T12:00:00Z', 5, 'EUR', 'Fulfilled Order');
  });

  test('counts and sums by day, from the begin to before the end', async () => {
    const measurements: Query['measurements'] = ['count', 'sum_value'];

    expect(await aggregate('2026-07-01T00:00:00', '2026-07-03T12:00:00', { measurements, interval: 'day' })).toEqual({
      dates: ['2026-07-01T00', '2026-07-02T00', '2026-07-03T00'],
      data: [{ dimensions: [], measurements: { count: [2, 0, 0], sum_value: [5, 0, 0] } }],
    });
  });

  test('tells currencies apart, and what has none', async () => {
    const { data } = await aggregate('2026-06-30T00:00:00', '2026-07-04T00:00:00', {
      by: ['$value_currency'],
      interval: 'month',
    });
    expect(data).toEqual([
      { dimensions: ['EUR'], measurements: { count: [1, 1] } },
      { dimensions: ['USD'], measurements: { count: [0, 1] } },
      { dimensions: [''], measurements: { count: [0, 1] } },
    ]);
  });

  test('counts by hour', async () => {
    const { dates, data } = await aggregate('2026-07-01T22:00:00', '2026-07-02T01:00:00', { interval: 'hour' });

    expect(dates).toEqual(['2026-07-01T22', '2026-07-01T23', '2026-07-02T00']);
    expect(data).toEqual([{ dimensions: [], measurements: { count: [0, 1, 0] } }]);
  });

  test('has zeros where there is nothing', async () => {
    const { data } = await aggregate('2020-01-01T00:00:00', '2020-01-03T00:00:00');

    expect(data).toEqual([{ dimensions: [], measurements: { count: [0, 0] } }]);
  });

  test('spans a year at most', async () => {
    expect((await aggregate('2025-07-02T00:00:00', '2026-07-02T00:00:00')).dates).toHaveLength(365);
    await expect(aggregate('2025-07-01T23:59:59', '2026-07-02T00:00:00')).rejects.toMatchObject(refused);
  });

  test('goes back as far as Klaviyo counts, if there should be an end to that', async () => {
    klaviyo.aggregateYears = 5;
    const begin = new Date().getUTCFullYear() - 6;

    await expect(aggregate(`${begin}-01-01T00:00:00`, `${begin}-02-01T00:00:00`)).rejects.toMatchObject(refused);
    klaviyo.aggregateYears = Number.POSITIVE_INFINITY;
    expect((await aggregate(`${begin}-01-01T00:00:00`, `${begin}-02-01T00:00:00`)).dates).toHaveLength(31);
  });

  test.each<[string, string[]]>([
    ['no end', ['greater-or-equal(datetime,2026-07-01T00:00:00)']],
    [
      'something else',
      ['greater-or-equal(datetime,2026-07-01T00:00:00)', 'less-than(datetime,2026-07-02T00:00:00)', 'equals(URL,"x")'],
    ],
    ['no time', ['greater-or-equal(datetime,yesterday)', 'less-than(datetime,2026-07-02T00:00:00)']],
  ])('refuses a filter with %s', async (_what, filter) => {
    await expect(aggregate('', '', { filter })).rejects.toMatchObject({ response: { status: 400 } });
  });

  test('is of a metric that there is', async () => {
    const sent = aggregate('2026-07-01T00:00:00', '2026-07-02T00:00:00', { metricId: 'XXXXXX' });

    await expect(sent).rejects.toMatchObject({ response: { status: 404 } });
  });
});

test('the account says who it is', async () => {
  const { body } = await sdk().accounts.getAccounts();

  expect(body.data).toMatchObject([
    { id: expect.any(String), attributes: { testAccount: true, contactInformation: { organizationName: 'Stand-in' } } },
  ]);
});
