import { describe, expect, it } from 'vitest';
import { clearLeftBehind } from '../../../../shared/handlers/customers/left-behind.ts';
import type { Profile, Write } from '../../../../shared/klaviyo/writes.ts';
import { toProfile } from '../../../../shared/mappers/customers/profile.ts';
import { customer } from '../../factories.ts';
import { settings } from '../../support.ts';

const FULL: Profile = {
  externalId: 'customer-1',
  email: 'lena@example.org',
  firstName: 'Lena',
  lastName: 'Brandt',
  title: 'Dr.',
  organization: 'Werkhof',
  locale: 'de-DE',
  phoneNumber: '+491713920015',
  location: { address1: '7a, Beispielallee', city: 'Ulm', country: 'DE' },
  properties: { points: 0, size: 38 },
};
const EMPTY = toProfile(customer({}), settings()).profile;

const wrote = (profile: Profile): Write[] => [{ kind: 'upsertProfile', profile, trimmed: [] }];
const after = (previous: Write[] | undefined, profile: Profile, trimmed: string[] = []) =>
  clearLeftBehind({ profile, trimmed }, previous).profile;

describe('what an earlier plan of the attempt wrote of a customer', () => {
  it('is cleared where the customer does not have it any more', () => {
    expect(after(wrote(FULL), EMPTY)).toEqual({
      externalId: 'customer-1',
      email: 'lena@example.org',
      ...{ firstName: null, lastName: null, title: null, organization: null, locale: null, phoneNumber: null },
      location: { address1: null, city: null, country: null },
      properties: { points: null, size: null },
    });
  });

  it('stays cleared in the plans after that, so that the attempt comes to rest', () => {
    const cleared = after(wrote(FULL), EMPTY);
    expect(after(wrote(cleared), EMPTY)).toStrictEqual(cleared);
  });

  it('is what the customer has now where the customer has something', () => {
    const moved = {
      ...FULL,
      firstName: 'Helena',
      location: { city: 'Berlin', country: 'DE' },
      properties: { size: 0 },
    };
    expect(after(wrote(FULL), moved)).toEqual({
      ...moved,
      location: { address1: null, city: 'Berlin', country: 'DE' },
      properties: { size: 0, points: null },
    });
  });

  it('is all the same when it did not tell what is empty', () => {
    expect(after(wrote(EMPTY), EMPTY)).toStrictEqual(EMPTY);
    expect(after(wrote(EMPTY), FULL)).toStrictEqual(FULL);
  });

  it('stays where a property is only too large by now', () => {
    expect(after(wrote(FULL), { ...FULL, properties: { points: 0 } }, ['size']).properties).toEqual({ points: 0 });
  });

  it('is nothing when Klaviyo refused to create the profile, or nothing was written yet', () => {
    expect(after([{ kind: 'createProfile', profile: FULL, trimmed: [] }], EMPTY)).toStrictEqual(EMPTY);
    expect(after(undefined, EMPTY)).toStrictEqual(EMPTY);
  });
});
