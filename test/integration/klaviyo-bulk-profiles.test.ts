import { describe, expect, it } from 'vitest';
import type { Profile } from '../../shared/klaviyo/writes.ts';
import type { FaultTarget } from '../doubles/faults.ts';
import { accountForAll } from './account.ts';

const { klaviyo, account } = await accountForAll();

const profile = (number: number, more: Partial<Profile> = {}): Profile => ({
  ...{ externalId: `customer-${number}`, email: `Customer-${number}@example.org` },
  ...{ firstName: 'Lena', lastName: null, title: undefined, organization: undefined, locale: 'de-DE' },
  ...{ phoneNumber: undefined, location: { city: 'Berlin', region: null }, properties: { Points: 3, Group: null } },
  ...more,
});

const profiles = (count: number) => Array.from({ length: count }, (_, number) => profile(number));
const idOf = ({ externalId }: Profile) => externalId;

const isJob = ({ method, path }: FaultTarget) => method === 'POST' && path === '/api/profile-bulk-import-jobs';
const jobs = () => klaviyo.requests.filter(isJob);

describe('an import of profiles', () => {
  it('writes what is told of them, and subscribes nobody', async () => {
    klaviyo.jobLag = 2;
    expect(await account().importProfiles(profiles(3))).toEqual([]);
    expect(klaviyo.profileByEmail('customer-1@example.org')).toMatchObject({
      ...{ external_id: 'customer-1', first_name: 'Lena', last_name: null, locale: 'de-DE', phone_number: null },
      properties: { Points: 3 },
    });
    expect(klaviyo.consentOf('customer-1@example.org')).toBe('NEVER_SUBSCRIBED');
    expect(JSON.stringify(jobs()[0]?.body)).not.toContain('null');
  });

  it('takes ten thousand in a job', async () => {
    expect(await account().importProfiles(profiles(10_001))).toEqual([]);
    expect(klaviyo.state.profiles.size).toBe(10_001);
    expect(jobs()).toHaveLength(2);
  });

  it.each([true, false])('tells whom Klaviyo does not take, if it looks at all before the job: %s', async (checks) => {
    klaviyo.importChecksFirst = checks;
    const some = profiles(120).map((one, index) => (index % 40 === 7 ? { ...one, email: 'n/a' } : one));
    const refused = await account().importProfiles(some);
    expect(refused.toSorted()).toEqual([47, 7, 87].map((number) => `customer-${number}`));
    expect(klaviyo.state.profiles.size).toBe(117);
  });

  it('tells of all when Klaviyo does not say whom it did not take', async () => {
    klaviyo.faults.add({
      match: ({ path }) => path.includes('/import-errors'),
      effect: { kind: 'status', status: 200, body: { data: [] } },
    });
    const some = [...profiles(3), profile(3, { email: 'n/a' })];
    expect(await account().importProfiles(some)).toEqual(some.map(idOf));
  });

  it('leaves out a profile that no job takes', async () => {
    const large = profile(1, { properties: { text: 'x'.repeat(100_000) } });
    expect(await account().importProfiles([profile(0), large])).toEqual(['customer-1']);
    expect(klaviyo.state.profiles.size).toBe(1);
  });

  it('finds out whom Klaviyo refuses where it names nobody, and the few beside them', async () => {
    klaviyo.faults.add({ match: isJob, times: 4, effect: { kind: 'status', status: 400 } });
    const refused = await account().importProfiles(profiles(64));
    expect(refused).toEqual(profiles(8).map(idOf));
    expect(klaviyo.state.profiles.size).toBe(56);
  });

  it('goes on when Klaviyo cannot be reached for a while, at any step', async () => {
    for (const after of [0, 1, 2]) klaviyo.faults.add({ after, effect: { kind: 'reset' } });
    klaviyo.jobLag = 1;
    expect(await account().importProfiles([profile(0), profile(1, { email: 'n/a' })])).toEqual(['customer-1']);
  });
});

describe('a search for profiles', () => {
  it('finds those that there are by id, with all that Klaviyo tells of them', async () => {
    const own = account();
    await own.importProfiles(profiles(250));
    const found = await own.profilesByExternalId([...profiles(260).map(idOf), 'customer-1', 'a"b']);
    expect([...found.keys()].toSorted()).toEqual(profiles(250).map(idOf).toSorted());
    expect(found.get('customer-1')).toMatchObject({
      ...{ externalId: 'customer-1', email: 'Customer-1@example.org', hasName: true, hasPlace: true },
      attributes: { first_name: 'Lena', locale: 'de-DE', properties: { Points: 3 } },
    });
  });

  it('finds them by e-mail in any spelling, although Klaviyo refuses to search for one', async () => {
    const own = account();
    await own.importProfiles(profiles(20));
    klaviyo.faults.add({
      match: ({ path }) => path.includes('n%2Fa'),
      times: Number.POSITIVE_INFINITY,
      effect: { kind: 'status', status: 400 },
    });
    const found = await own.profilesByEmail([...profiles(12).map(({ email }) => email), 'n/a', 'nobody@example.org']);
    expect([...found.keys()].toSorted()).toEqual(
      profiles(12)
        .map(({ email }) => email.toLowerCase())
        .toSorted(),
    );
    expect(found.get('customer-3@example.org')?.externalId).toBe('customer-3');
  });

  it('lists all, page by page', async () => {
    const own = account();
    await own.importProfiles(profiles(250));
    const pages = await Array.fromAsync(own.profiles());
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(new Set(pages.flat().map(({ externalId }) => externalId)).size).toBe(250);
  });
});
