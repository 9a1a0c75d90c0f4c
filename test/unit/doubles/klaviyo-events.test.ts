import type { EventCreateQueryV2ResourceObjectAttributes, EventProfileCreateQueryResourceObject } from 'klaviyo-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

type Profile = Omit<EventProfileCreateQueryResourceObject, 'type'>;
type Event = Omit<EventCreateQueryV2ResourceObjectAttributes, 'metric' | 'profile' | 'properties'> & {
  properties?: object;
};

let klaviyo: KlaviyoStandIn;

beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => klaviyo.reset());
afterAll(() => klaviyo.stop());

const ann: Profile = { attributes: { email: 'ann@example.org' } };

async function track(event: Event, profile = ann, metric = 'Placed Order'): Promise<number> {
  const { response } = await sdkFor(klaviyo).events.createEvent({
    data: {
      type: 'event',
      attributes: {
        properties: {},
        ...event,
        metric: { data: { type: 'metric', attributes: { name: metric } } },
        profile: { data: { type: 'profile', ...profile } },
      },
    },
  });
  return response.status;
}

const refusedAt = (pointer: string) => ({ response: { status: 400, data: { errors: [{ source: { pointer } }] } } });

test('an event is recorded, its time cut to the second, and its profile created', async () => {
  const status = await track(
    {
      ...{ uniqueId: 'o1', time: new Date('2026-07-01T10:00:00.900Z'), value: 12.5, valueCurrency: 'EUR' },
      properties: { OrderId: '1', Items: [{ SKU: 'a' }] },
    },
    { attributes: { email: 'ann@example.org', firstName: 'Ann', location: { city: 'Berlin' } } },
  );

  expect(status).toBe(202);
  expect(klaviyo.eventsOf('Placed Order')).toMatchObject([
    {
      profile_id: klaviyo.profileByEmail('ann@example.org')?.id,
      ...{ unique_id: 'o1', time: '2026-07-01T10:00:00.000Z', value: 12.5, value_currency: 'EUR' },
      properties: { OrderId: '1', Items: [{ SKU: 'a' }] },
    },
  ]);
  expect(klaviyo.profileByEmail('ann@example.org')).toMatchObject({
    first_name: 'Ann',
    location: { city: 'Berlin' },
    last_event_date: '2026-07-01T10:00:00.000Z',
  });
});

describe('repeats', () => {
  test('with the same unique_id answer 202 and leave the first one alone', async () => {
    await track({ uniqueId: 'o1', value: 1 });

    expect(await track({ uniqueId: 'o1', value: 2 })).toBe(202);
    expect(klaviyo.eventsOf('Placed Order').map(({ value }) => value)).toEqual([1]);
  });

  test('are other events for another metric or profile', async () => {
    await track({ uniqueId: 'o1' });
    await track({ uniqueId: 'o1' }, ann, 'Fulfilled Order');
    await track({ uniqueId: 'o1' }, { attributes: { email: 'bob@example.org' } });

    expect(klaviyo.state.events).toHaveLength(3);
  });

  test('without unique_id are those within the same second', async () => {
    for (const time of ['10:00:00.100Z', '10:00:00.900Z', '10:00:01.000Z']) {
      await track({ time: new Date(`2026-07-01T${time}`) });
    }

    expect(klaviyo.state.events.map(({ time }) => time)).toEqual([
      '2026-07-01T10:00:00.000Z',
      '2026-07-01T10:00:01.000Z',
    ]);
  });
});

test('what a test has taken out of the state is forgotten', async () => {
  for (const uniqueId of ['o1', 'o2']) await track({ uniqueId });
  klaviyo.state.events.length = 0;
  klaviyo.state.profiles.clear();

  for (const uniqueId of ['o2', 'o1', 'o2']) await track({ uniqueId });
  expect(klaviyo.state.events.map(({ unique_id }) => unique_id)).toEqual(['o2', 'o1']);
  expect(klaviyo.state.profiles.size).toBe(1);
});

test('a profile is found by any identifier, and what is another one’s stays there', async () => {
  await track({ uniqueId: '1' }, { attributes: { email: 'ann@example.org', externalId: 'c1' } });
  await track({ uniqueId: '2' }, { attributes: { email: 'bob@example.org' } });
  await track({ uniqueId: '3' }, { attributes: { externalId: 'c1', email: 'bob@example.org', lastName: 'Lee' } });

  const owners = klaviyo.state.events.map(({ profile_id }) => klaviyo.state.profiles.get(profile_id)?.email);
  expect(owners).toEqual(['ann@example.org', 'bob@example.org', 'ann@example.org']);
  expect(klaviyo.profileByEmail('ann@example.org')?.last_name).toBe('Lee');
});

describe('refuses', () => {
  const properties = '/data/attributes/properties';
  const deep = (levels: number): object => (levels === 1 ? {} : { inner: deep(levels - 1) });
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, index]));

  test.each<[string, Event, string]>([
    ['an empty unique_id', { uniqueId: '' }, '/data/attributes/unique_id'],
    ['a unique_id of 256 characters', { uniqueId: 'x'.repeat(256) }, '/data/attributes/unique_id'],
    ['401 properties', { properties: many(401) }, properties],
    ['a string above 100 KB', { properties: { a: ['ä'.repeat(52_000)] } }, properties],
    ['an array above 4000 entries', { properties: { a: Array(4001).fill(1) } }, properties],
    ['11 levels', { properties: deep(11) }, properties],
    ['a time before 1991', { time: new Date('1990-12-31T23:59:59Z') }, '/data/attributes/time'],
    ['a time more than a year ahead', { time: new Date(Date.now() + 367 * 86_400_000) }, '/data/attributes/time'],
    ['a currency that is none', { valueCurrency: 'Euro' }, '/data/attributes/value_currency'],
    ['5 MB', { properties: { a: Array(60).fill('x'.repeat(99_000)) } }, '/data'],
  ])('%s', async (_what, event, pointer) => {
    await expect(track(event)).rejects.toMatchObject(refusedAt(pointer));
    expect(klaviyo.state.events).toEqual([]);
  });

  test('a metric whose name has more than 127 characters', async () => {
    const pointer = '/data/attributes/metric/data/attributes/name';
    await expect(track({}, ann, 'x'.repeat(128))).rejects.toMatchObject(refusedAt(pointer));
    expect(await track({}, ann, 'x'.repeat(127))).toBe(202);
  });

  test('nobody, and an invalid phone number', async () => {
    const about = '/data/attributes/profile/data/attributes';

    await expect(track({}, { attributes: { firstName: 'Ann' } })).rejects.toMatchObject(refusedAt(about));
    await expect(track({}, { attributes: { phoneNumber: '030 1' } })).rejects.toMatchObject(
      refusedAt(`${about}/phone_number`),
    );
    expect(klaviyo.state.profiles.size).toBe(0);
  });

  test('nothing at the limits', async () => {
    const value = { ...many(399), deep: deep(9) };

    expect(await track({ uniqueId: 'x'.repeat(255), properties: value })).toBe(202);
    expect(await track({ properties: { a: Array(4000).fill(1), b: 'x'.repeat(100_000) } })).toBe(202);
  });
});

test('events are listed', async () => {
  await track({ uniqueId: 'o-1', time: new Date('2026-05-04T18:21:07.512Z'), properties: { OrderId: 'N-1' } });

  const { body } = await sdkFor(klaviyo).events.getEvents({ pageSize: 1 });

  const eventProperties = { OrderId: 'N-1' };
  expect(body.data).toMatchObject([{ attributes: { timestamp: 1_777_918_867, eventProperties } }]);
});
