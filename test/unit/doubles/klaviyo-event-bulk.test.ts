import type { EventsBulkCreateQueryResourceObject } from 'klaviyo-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../../doubles/klaviyo/server.ts';

type Entry = EventsBulkCreateQueryResourceObject;
type Attributes = Entry['attributes'];
type Profile = Attributes['profile']['data']['attributes'];
type Event = Partial<Attributes['events']['data'][number]['attributes']>;

const ENTRIES = '/data/attributes/events-bulk-create/data';
const CALM = { bulkEventLag: 0, bulkEventDelay: 0, bulkEventLoss: 0, mergeLag: 1, random: Math.random };
const ann: Profile = { email: 'ann@example.org' };
const bob: Profile = { email: 'bob@example.org' };
let klaviyo: KlaviyoStandIn;

beforeAll(async () => {
  klaviyo = await startKlaviyo();
});
beforeEach(() => {
  klaviyo.reset();
  Object.assign(klaviyo, { bulkPointers: true, bulkRefusesStored: false, eventIdentity: 'external_id', ...CALM });
});
afterAll(() => klaviyo.stop());

const metric = { data: { type: 'metric', attributes: { name: 'Placed Order' } } } as const;

const of = (profile: Profile, events: Event[], own: Partial<Attributes> = {}): Entry => ({
  type: 'event-bulk-create',
  attributes: {
    ...own,
    profile: { data: { type: 'profile', attributes: profile } },
    events: { data: events.map((event) => ({ type: 'event', attributes: { properties: {}, metric, ...event } })) },
  },
});

async function send(...data: Entry[]) {
  const attributes = { eventsBulkCreate: { data } };
  const { response } = await sdkFor(klaviyo).events.bulkCreateEvents({
    data: { type: 'event-bulk-create-job', attributes },
  });
  return { status: response.status, body: response.data };
}

const single = (profile: Profile, event: Event) =>
  sdkFor(klaviyo).events.createEvent({
    data: {
      type: 'event',
      attributes: { properties: {}, metric, ...event, profile: { data: { type: 'profile', attributes: profile } } },
    },
  });

const refusedAt = (...pointers: string[]) => ({
  response: { status: 400, data: { errors: pointers.map((pointer) => ({ source: { pointer } })) } },
});

const recorded = () =>
  klaviyo.state.events.map(({ profile_id, unique_id, value }) => [
    klaviyo.state.profiles.get(profile_id)?.email,
    unique_id,
    value,
  ]);

test('events of several profiles are recorded, and answered 202 with nothing', async () => {
  const time = new Date('2026-07-01T10:00:00.900Z');
  const answer = await send(
    of({ ...ann, firstName: 'Ann' }, [
      { uniqueId: 'o1', value: 1, time, properties: { OrderId: '1' } },
      { uniqueId: 'o2' },
    ]),
    of(bob, [{ uniqueId: 'o1', value: 2 }]),
  );

  expect(answer).toEqual({ status: 202, body: '' });
  expect(recorded()).toEqual([
    ['ann@example.org', 'o1', 1],
    ['ann@example.org', 'o2', null],
    ['bob@example.org', 'o1', 2],
  ]);
  expect(klaviyo.state.events[0]).toMatchObject({ time: '2026-07-01T10:00:00.000Z', properties: { OrderId: '1' } });
  expect(klaviyo.profileByEmail('ann@example.org')).toMatchObject({ first_name: 'Ann' });
  expect(klaviyo.state.arrivals).toEqual({ single: 0, bulk: 3, batches: 1 });
});

test('backfill is the entry’s unless the event has its own', async () => {
  await send(of(ann, [{ uniqueId: '1' }, { uniqueId: '2', backfill: false }], { backfill: true }));

  expect(klaviyo.state.events.map(({ backfill }) => backfill)).toEqual([true, false]);
});

describe('what is stored', () => {
  beforeEach(() => single(ann, { uniqueId: 'o1', value: 1 }));

  test('wins over a repeat, which is taken', async () => {
    expect(await send(of(ann, [{ uniqueId: 'o1', value: 2 }, { uniqueId: 'o2' }]))).toMatchObject({ status: 202 });
    expect(recorded()).toEqual([
      ['ann@example.org', 'o1', 1],
      ['ann@example.org', 'o2', null],
    ]);
    expect(klaviyo.state.arrivals).toEqual({ single: 1, bulk: 1, batches: 1 });
  });

  test('makes a repeat refuse the whole request, if Klaviyo should do so', async () => {
    klaviyo.bulkRefusesStored = true;
    const sent = send(of(bob, [{ uniqueId: 'o1' }]), of(ann, [{ uniqueId: 'o2' }, { uniqueId: 'o1' }]));

    await expect(sent).rejects.toMatchObject(refusedAt(`${ENTRIES}/1/attributes/events/data/1/attributes/unique_id`));
    expect(recorded()).toEqual([['ann@example.org', 'o1', 1]]);
    expect(klaviyo.state.profiles.size).toBe(1);
  });
});

describe('a unique_id that is repeated inside', () => {
  test.each([
    ['in one entry', [of(ann, [{ uniqueId: 'o1' }, { uniqueId: 'o1' }])], '0/attributes/events/data/1'],
    ['in two', [of(ann, [{ uniqueId: 'o1' }]), of(ann, [{ uniqueId: 'o1' }])], '1/attributes/events/data/0'],
    [
      ...(['of a profile that the request makes known by two identifiers'] as const),
      [of({ ...ann, externalId: 'c1' }, [{ uniqueId: 'o1' }]), of({ externalId: 'c1' }, [{ uniqueId: 'o1' }])],
      '1/attributes/events/data/0',
    ],
  ])('%s refuses the whole request', async (_where, entries, event) => {
    await expect(send(...entries, of(bob, [{}]))).rejects.toMatchObject(
      refusedAt(`${ENTRIES}/${event}/attributes/unique_id`),
    );
    expect(klaviyo.state.events).toEqual([]);
    expect(klaviyo.state.profiles.size).toBe(0);
  });

  test('is none for another metric or profile', async () => {
    const fulfilled = { data: { type: 'metric', attributes: { name: 'Fulfilled Order' } } } as const;
    await send(of(ann, [{ uniqueId: 'o1' }, { uniqueId: 'o1', metric: fulfilled }]), of(bob, [{ uniqueId: 'o1' }]));

    expect(klaviyo.state.events).toHaveLength(3);
  });
});

describe('a refusal', () => {
  test('names every bad entry, and nothing is written', async () => {
    const profile = 'attributes/profile/data/attributes';
    const sent = send(
      of({ email: 'nobody' }, [{}]),
      of(ann, [{ uniqueId: 'o1' }]),
      of(bob, [{ uniqueId: 'o1' }, { valueCurrency: 'Euro' }]),
    );

    await expect(sent).rejects.toMatchObject(
      refusedAt(`${ENTRIES}/0/${profile}/email`, `${ENTRIES}/2/attributes/events/data/1/attributes/value_currency`),
    );
    await expect(send(of(ann, [{}]), of({ firstName: 'Ann' }, [{}]))).rejects.toMatchObject(
      refusedAt(`${ENTRIES}/1/${profile}`),
    );
    expect([klaviyo.state.events.length, klaviyo.state.profiles.size]).toEqual([0, 0]);
    expect(klaviyo.state.arrivals.batches).toBe(0);
  });

  test('leaves a profile as it was, and to be found as before', async () => {
    await single({ ...ann, firstName: 'Ann', location: { city: 'Berlin' } }, { uniqueId: 'o1' });
    const told = { ...ann, externalId: 'c1', firstName: 'Anna', location: { city: 'Bonn' } };

    await expect(send(of(told, [{ uniqueId: 'o2' }]), of({}, [{}]))).rejects.toMatchObject({
      response: { status: 400 },
    });
    const before = { external_id: null, first_name: 'Ann', location: { city: 'Berlin' } };
    expect(klaviyo.profileByEmail('ann@example.org')).toMatchObject(before);
    await send(of({ externalId: 'c1' }, [{ uniqueId: 'o2' }]));
    expect(klaviyo.state.profiles.size).toBe(2);
  });

  test('names none, if Klaviyo should do so', async () => {
    klaviyo.bulkPointers = false;

    await expect(send(of({ email: 'nobody' }, [{}]), of({}, [{}]))).rejects.toMatchObject(refusedAt('/data'));
  });

  test('is a 409 where only identifiers are in conflict, if Klaviyo should refuse these', async () => {
    klaviyo.eventIdentity = 'refused';
    await single({ externalId: 'c1' }, {});
    await single(bob, {});
    const both = of({ ...bob, externalId: 'c1' }, [{ uniqueId: 'o1' }]);
    const errors = [{ source: { pointer: `${ENTRIES}/1/attributes/profile/data/attributes` } }];

    await expect(send(of(ann, [{}]), both)).rejects.toMatchObject({ response: { status: 409, data: { errors } } });
    await expect(send(of({}, [{}]), both)).rejects.toMatchObject({ response: { status: 400 } });
    expect(klaviyo.state.arrivals.bulk).toBe(0);
  });
});

describe('what was accepted', () => {
  const waiting = () => fetch(`${klaviyo.url}/api/lists`, { headers: headers() });
  const headers = () => ({ authorization: `Klaviyo-API-Key ${klaviyo.apiKey}`, revision: '2026-07-15' });

  test('is recorded some calls later, if Klaviyo should be slow', async () => {
    klaviyo.bulkEventLag = 1;
    await send(of(ann, [{ uniqueId: 'o1' }]));
    await waiting();
    expect(recorded()).toEqual([]);

    await waiting();
    expect(recorded()).toEqual([['ann@example.org', 'o1', null]]);
  });

  test('is recorded some time later, if Klaviyo should be slow', async () => {
    Object.assign(klaviyo, { bulkEventDelay: 3_600_000, random: () => 0.5 });
    await send(of(ann, [{ uniqueId: 'o1' }]));
    await waiting();
    expect(recorded()).toEqual([]);

    klaviyo.finishJobs();
    expect(recorded()).toEqual([['ann@example.org', 'o1', null]]);
  });

  test('is the other profile’s when its own was merged meanwhile', async () => {
    Object.assign(klaviyo, { bulkEventLag: 10, mergeLag: 0 });
    await send(of(ann, [{ uniqueId: 'o1' }]), of(bob, [{ uniqueId: 'o2' }]));
    const [source, destination] = [ann, bob].map(({ email }) => klaviyo.profileByEmail(email ?? '')?.id ?? '');
    const relationships = { profiles: { data: [{ type: 'profile', id: source ?? '' } as const] } };
    await sdkFor(klaviyo).profiles.mergeProfiles({
      data: { type: 'profile-merge', id: destination ?? '', relationships },
    });

    klaviyo.finishJobs();
    expect(recorded()).toEqual([
      ['bob@example.org', 'o1', null],
      ['bob@example.org', 'o2', null],
    ]);
  });

  test('is lost now and then, with its profiles, if Klaviyo should do so', async () => {
    // What a request waits is by chance, too.
    const numbers = [0.4, 0.6, 0];
    Object.assign(klaviyo, { bulkEventLoss: 0.5, random: () => numbers.shift() ?? 0.9 });
    const answers = [await send(of(ann, [{ uniqueId: 'o1' }])), await send(of(bob, [{ uniqueId: 'o2' }]))];

    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(recorded()).toEqual([['bob@example.org', 'o2', null]]);
    expect([klaviyo.state.profiles.size, klaviyo.state.arrivals.batches]).toEqual([1, 1]);
  });
});

describe('the size of a request', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ uniqueId: `o${index}` }));

  test('is 1000 events at most', async () => {
    await expect(send(of(ann, many(600)), of(bob, many(401)))).rejects.toMatchObject(refusedAt(ENTRIES));
    expect(await send(of(ann, many(600)), of(bob, many(400)))).toMatchObject({ status: 202 });
    expect(klaviyo.state.events).toHaveLength(1000);
  });

  test('is 5 MB at most', async () => {
    const properties = { a: Array(10).fill('x'.repeat(99_000)) };
    const large = many(6).map((event) => ({ ...event, properties }));

    await expect(send(of(ann, large))).rejects.toMatchObject(refusedAt('/data'));
    expect(await send(of(ann, large.slice(1)))).toMatchObject({ status: 202 });
  });
});
