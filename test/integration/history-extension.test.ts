import { afterAll, expect, test, vi } from 'vitest';
import { KINDS } from '../../shared/history/history.ts';
import { runHistory } from '../../shared/history/run.ts';
import type { Event, Profile } from '../../shared/klaviyo/writes.ts';
import { differencesOf, historyForAll, reasonsOf, writesOf } from './history.ts';

// Read where the modules are loaded, which other files share.
vi.hoisted(() => {
  vi.stubEnv('KLAVIYO_SYNC_EXTENSION', 'test/fixtures/extensions/everywhere.ts');
  vi.resetModules();
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const { klaviyo, run } = await historyForAll();
const { readExtension } = await import('../../shared/extension/installed.ts');
const { install } = await import('../../shared/extension/install.ts');

/** Everything, as the operator's tools run it. */
const whole = (options: object = {}) =>
  run((history) => runHistory({ ...history, extension: readExtension() }, new AbortController()), {
    only: [...KINDS],
    exact: true,
    ...options,
  });

test('a backfill writes what the extension makes of the history, and says what it drops', async () => {
  const report = await whole();

  const { profiles, events, items, categories } = klaviyo.state;
  const people = [...profiles.values()].filter(({ external_id }) => external_id);
  const [written, dropped] = [true, false].map((is) => people.filter(({ last_name }) => is === (last_name !== null)));
  expect(new Set(written?.map(({ properties }) => properties.Tier))).toEqual(new Set(['gold']));
  // Whom events name is known by id and e-mail.
  expect(new Set(dropped?.map(({ properties }) => properties.Tier))).toEqual(new Set([undefined]));
  expect(new Set(events.map(({ metric }) => metric))).not.toContain('Ordered Product');
  expect(items.size).toBeGreaterThan(0);
  expect(categories.size).toBeGreaterThan(0);
  expect(differencesOf(report)).toEqual([]);
  expect(reasonsOf(report)).toMatchObject({ dropped: expect.any(Number) });
});

test('a reconcile after that finds nothing to repair, and undoes nothing', async () => {
  await whole();
  klaviyo.requests.length = 0;

  const found = await whole({ repair: false });
  const repaired = await whole();

  expect([differencesOf(found), differencesOf(repaired)]).toEqual([[], []]);
  expect(writesOf(klaviyo).filter((call) => !call.endsWith('metric-aggregates'))).toEqual([]);
});

test('what a hook fails of is left out by name, and keeps nothing else from being written', async () => {
  const fail = (isMeant: boolean): void => {
    if (isMeant) throw new TypeError('of lena.brandt@example.org');
  };
  const lena = 'c0500000-0000-4000-8000-000000000001';
  const extension = install(() => ({
    name: 'failing',
    profile: (profile: Profile) => fail(profile.externalId === lena) ?? profile,
    event: (event: Event) => fail(event.metric === 'Placed Order') ?? event,
    item: () => fail(true),
  }));
  const failures = new Map<string, string>();
  const onMalformed = ({ message }: Error, id: string) => failures.set(id, message);

  await run((history) => runHistory({ ...history, extension, onMalformed }, new AbortController()), { exact: true });

  expect(failures.get(lena)).toMatch(
    /^the extension failing, profile of upsertProfile c05\S+ \(test\/integration\/\S+:\d+\): threw TypeError$/,
  );
  expect(failures.keys()).toContain('0de50000-0000-4000-8000-000000000001');
  const { profiles, events, items } = klaviyo.state;
  const metrics = new Set(events.map(({ metric }) => metric));
  expect(profiles.size).toBeGreaterThan(1);
  expect(items.size).toBe(0);
  expect([metrics.has('Placed Order'), metrics.has('Ordered Product')]).toEqual([false, true]);
});
