import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { metricId } from '../../doubles/klaviyo/metrics.ts';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

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

describe('events', () => {
  const track = (uniqueId: string, time: string, email: string, name = 'Placed Order') =>
    sdk().events.createEvent({
      data: {
        type: 'event',
        attributes: {
          ...{ properties: { OrderId: uniqueId }, uniqueId, time: new Date(time) },
          metric: { data: { type: 'metric', attributes: { name } } },
          profile: { data: { type: 'profile', attributes: { email } } },
        },
      },
    });

  type Options = Parameters<ReturnType<typeof sdk>['events']['getEvents']>[0];

  const list = async (options: Options = {}) => (await sdk().events.getEvents(options)).body;

  const idsBy = async (filter: string, sort?: 'datetime' | '-timestamp') =>
    (await list({ filter, ...(sort && { sort }) })).data.map(({ attributes }) =>
      Reflect.get(attributes.eventProperties ?? {}, '$event_id'),
    );

  beforeEach(async () => {
    klaviyo.showsEventId = true;
    await track('b', '2026-07-02T10:00:00Z', 'ann@example.org');
    await track('a', '2026-07-01T10:00:00Z', 'bob@example.org');
    await track('c', '2026-07-02T10:00:00Z', 'bob@example.org', 'Fulfilled Order');
    await track('d', '2026-07-03T10:00:00Z', 'ann@example.org');
  });

  test.each([
    ['from a time on', 'greater-or-equal(datetime,2026-07-02T10:00:00+00:00)', ['b', 'c', 'd']],
    ['after a time', 'greater-than(datetime,2026-07-02T10:00:00Z)', ['d']],
    ['up to a time', 'less-or-equal(datetime,2026-07-02T10:00:00)', ['a', 'b', 'c']],
    ['before a time', 'less-than(timestamp,1782986400)', ['a']],
    ['from one time to another', 'greater-than(timestamp,1782900000),less-than(timestamp,1783072800)', ['b', 'c']],
    ['of a metric', `equals(metric_id,"${metricId('Placed Order')}")`, ['a', 'b', 'd']],
    [
      ...(['of a metric from a time on'] as const),
      `equals(metric_id,"${metricId('Placed Order')}"),greater-or-equal(datetime,2026-07-02T00:00:00Z)`,
      ['b', 'd'],
    ],
    ['of a metric that is not there', 'equals(metric_id,"XXXXXX")', []],
  ])('%s', async (_what, filter, ids) => {
    expect(await idsBy(filter)).toEqual(ids);
    expect(await idsBy(filter, '-timestamp')).toEqual(ids.toReversed());
  });

  test('of a profile', async () => {
    const { id } = klaviyo.profileByEmail('bob@example.org') ?? expect.unreachable();

    expect(await idsBy(`equals(profile_id,"${id}")`)).toEqual(['a', 'c']);
  });

  test.each([
    'greater-than(datetime,"soon")',
    'greater-than(timestamp,"2026-07-02T10:00:00Z")',
    'equals(datetime,2026-07-02T10:00:00Z)',
    'equals(unique_id,"a")',
  ])('are not filtered by %s', async (filter) => {
    await expect(list({ filter })).rejects.toMatchObject({ response: { status: 400 } });
  });

  test('tell whose they are and of which metric, and their time alone where nothing else is asked for', async () => {
    const { data } = await list({ pageSize: 1, fieldsEvent: ['timestamp'] });

    expect(data).toMatchObject([
      {
        attributes: { timestamp: 1_782_900_000 },
        relationships: {
          profile: { data: { id: klaviyo.profileByEmail('bob@example.org')?.id } },
          metric: { data: { id: metricId('Placed Order') } },
        },
      },
    ]);
    expect(data[0]?.attributes.eventProperties).toBeUndefined();
  });

  test('keep their unique id to themselves, if Klaviyo should do so', async () => {
    klaviyo.showsEventId = false;

    expect((await list({ pageSize: 1 })).data[0]?.attributes.eventProperties).toEqual({ OrderId: 'a' });
  });

  test.each([
    ['datetime', ['a', 'b'], ['c', 'x', 'd']],
    ['-datetime', ['d', 'c'], ['b', 'a']],
  ] as const)('are read page by page by %s, whatever comes meanwhile', async (sort, before, after) => {
    const first = await list({ sort, pageSize: 2 });
    await track('x', '2026-07-02T11:00:00Z', 'ann@example.org');
    const second = await list({ sort, pageSize: 1000, pageCursor: first.links?.next ?? '' });

    const ids = ({ data }: typeof first) =>
      data.map((event) => Reflect.get(event.attributes.eventProperties ?? {}, 'OrderId'));
    expect([ids(first), ids(second)]).toEqual([before, after]);
    expect(second.links?.next ?? undefined).toBeUndefined();
  });
});

describe('profiles', () => {
  const emails = async (options: Parameters<ReturnType<typeof sdk>['profiles']['getProfiles']>[0]) =>
    (await sdk().profiles.getProfiles(options)).body.data.map(({ attributes }) => attributes.email);

  beforeEach(async () => {
    for (const email of ['bob@example.org', 'ann@example.org', 'cem@example.org'])
      await sdk().profiles.createProfile({ data: { type: 'profile', attributes: { email } } });
  });

  test('are found by when they were created, and changed', async () => {
    const ann = klaviyo.profileByEmail('ann@example.org') ?? expect.unreachable();

    expect(await emails({ filter: `greater-than(created,${ann.created})` })).toEqual(['cem@example.org']);
    expect(await emails({ filter: `less-than(created,${ann.created})` })).toEqual(['bob@example.org']);
    const { updated } = klaviyo.profileByEmail('cem@example.org') ?? expect.unreachable();
    await sdk().profiles.createOrUpdateProfile({ data: { type: 'profile', attributes: { email: ann.email } } });
    expect(await emails({ filter: `greater-than(updated,${updated})` })).toEqual(['ann@example.org']);
  });

  test.each([
    ['email', ['ann', 'bob', 'cem']],
    ['-email', ['cem', 'bob', 'ann']],
    ['-created', ['cem', 'ann', 'bob']],
    ['updated', ['bob', 'ann', 'cem']],
  ] as const)('are sorted by %s, page by page', async (sort, names) => {
    const first = await sdk().profiles.getProfiles({ sort, pageSize: 2 });
    const rest = await emails({ sort, pageSize: 2, pageCursor: first.body.links?.next ?? '' });
    const all = [...first.body.data.map(({ attributes }) => attributes.email), ...rest];

    expect(all).toEqual(names.map((name) => `${name}@example.org`));
  });

  test('are found by any of a hundred ids', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `c${index}`);
    for (const externalId of ['c0', 'c99', 'c100'])
      await sdk().profiles.createProfile({ data: { type: 'profile', attributes: { externalId } } });

    const { body } = await sdk().profiles.getProfiles({
      filter: `any(external_id,${JSON.stringify(ids)})`,
      pageSize: 100,
    });
    expect(body.data.map(({ attributes }) => attributes.externalId)).toEqual(['c0', 'c99']);
  });
});

describe('the catalog', () => {
  const id = (name: string) => `$custom:::$default:::${name}`;
  const page = { description: '', url: 'https://shop.example.org' };

  beforeEach(async () => {
    const { catalogs } = sdk();
    for (const externalId of ['tops', 'sale'])
      await catalogs.createCatalogCategory({
        data: { type: 'catalog-category', attributes: { externalId, name: externalId } },
      });
    for (const [externalId, categories] of [
      ['shirt', ['tops', 'sale']],
      ['dress', ['sale']],
    ] as const)
      await catalogs.createCatalogItem({
        data: {
          type: 'catalog-item',
          attributes: { externalId, title: externalId, ...page, published: externalId === 'shirt' },
          relationships: {
            categories: { data: categories.map((category) => ({ type: 'catalog-category', id: id(category) })) },
          },
        },
      });
  });

  test('has items by their ids, their category, and whether they are published', async () => {
    const items = async (filter: string) =>
      (await sdk().catalogs.getCatalogItems({ filter })).body.data.map(({ attributes }) => attributes.externalId);

    expect(await items(`any(ids,["${id('dress')}","${id('none')}"])`)).toEqual(['dress']);
    expect(await items(`equals(category.id,"${id('tops')}")`)).toEqual(['shirt']);
    expect(await items(`equals(category.id,"${id('sale')}"),equals(published,false)`)).toEqual(['dress']);
  });

  test('has the categories of an item, and the items of a category', async () => {
    const { catalogs } = sdk();
    const { body } = await catalogs.getCatalogCategories({ filter: `equals(item.id,"${id('shirt')}")` });
    const { body: ids } = await catalogs.getItemIdsForCatalogCategory(id('sale'), { pageSize: 1 });
    const { body: rest } = await catalogs.getItemIdsForCatalogCategory(id('sale'), {
      pageCursor: ids.links?.next ?? '',
    });

    expect(body.data.map(({ attributes }) => attributes.name)).toEqual(['tops', 'sale']);
    expect([...ids.data, ...rest.data].map((item) => item.id)).toEqual([id('shirt'), id('dress')]);
    await expect(catalogs.getItemIdsForCatalogCategory(id('none'))).rejects.toMatchObject({
      response: { status: 404 },
    });
  });
});
