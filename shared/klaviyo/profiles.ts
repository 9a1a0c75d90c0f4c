import type { ProfilesApi } from 'klaviyo-api';
import * as z from 'zod';
import { gather } from '../http/gather.ts';
import { createLimit } from '../http/limit.ts';
import { URI_TOO_LONG } from '../http/status.ts';
import { answered, unlessRefused } from './writers/answers.ts';

const PLACE = ['address1', 'address2', 'city', 'region', 'zip', 'country'];

const told = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({
    external_id: z.string().nullish(),
    email: z.string().nullish(),
    phone_number: z.string().nullish(),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    location: z.record(z.string(), z.unknown()).nullish(),
  }),
});

const toKnown = ({ id, attributes }: z.output<typeof told>) => ({
  id,
  externalId: attributes.external_id || undefined,
  email: attributes.email || undefined,
  phoneNumber: attributes.phone_number || undefined,
  hasName: Boolean(attributes.first_name || attributes.last_name),
  hasPlace: PLACE.some((part) => attributes.location?.[part]),
});

const profile = told.transform(toKnown);

/** A profile of an answer, with all that the answer tells of it. */
export const shownProfile = told.transform((one) => ({ ...toKnown(one), attributes: one.attributes }));

const single = z.looseObject({ data: profile });
const list = z.looseObject({ data: z.array(profile) });

/** Klaviyo's profile: its own id, what it is recognized by, and whether it tells a name and a place. */
export type KnownProfile = z.output<typeof profile>;

/** Returns whether two e-mail addresses are the same to Klaviyo, which compares them without case. */
export const isSameEmail = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();

/** Returns the profile of a response. */
export const profileOf = (response: { response: { data: unknown } }): KnownProfile => answered(single, response).data;

/** Profiles a page, at most. */
const PAGE = 100;
/** Half a page, as an e-mail may be another profile's in another spelling, and characters of a URL. */
const MOST = { items: PAGE / 2, weight: 6000 };
/** Of Klaviyo's limit. */
const PER_SECOND = 75;
const SLOTS = 4;

/** What is asked of a profile, which may be large. */
const FIELDS = ['external_id', 'email', 'phone_number', 'first_name', 'last_name', 'location'] as const;

/**
 * Finds profiles, with one request those that are looked for at the same time. Each function returns undefined when Klaviyo knows
 * no such profile.
 */
export function profileLookup(api: ProfilesApi) {
  const limit = createLimit({ perSecond: PER_SECOND });

  const finder = (field: string, isOf: (value: string, profile: KnownProfile) => boolean) =>
    gather<string, KnownProfile | undefined>({
      slots: SLOTS,
      most: MOST,
      limit,
      weigh: (value) => encodeURIComponent(JSON.stringify(value)).length,
      async send(values) {
        const quoted = [...new Set(values.map((value) => JSON.stringify(value)))];
        const isLone = quoted.length === 1;
        const filter = isLone ? `equals(${field},${quoted})` : `any(${field},[${quoted}])`;
        const answer = await api.getProfiles({
          filter,
          fieldsProfile: [...FIELDS],
          ...(!isLone && { pageSize: PAGE }),
        });
        limit.read(answer.response.headers);
        const { data } = answered(list, answer);
        return values.map((value) => (isLone ? data[0] : data.find((profile) => isOf(value, profile))));
      },
    });

  const findExternalId = finder('external_id', (externalId, profile) => profile.externalId === externalId);
  const findEmail = finder('email', (email, profile) => isSameEmail(email, profile.email));

  const findPhoneNumber = finder('phone_number', (phoneNumber, profile) => profile.phoneNumber === phoneNumber);

  return {
    byId: (id: string) => unlessRefused<KnownProfile | undefined>(api.getProfile(id).then(profileOf), undefined, 404),

    byExternalId: findExternalId,

    /** What is no number belongs to nobody. */
    byPhoneNumber: (phoneNumber: string) => unlessRefused(findPhoneNumber(phoneNumber), undefined, 400),

    /** Klaviyo may search without regard to case or not, so both spellings are tried. What is no address belongs to nobody. */
    async byEmail(email: string): Promise<KnownProfile | undefined> {
      const spellings = [...new Set([email, email.toLowerCase()])];
      const found = await Promise.all(
        spellings.map((spelling) => unlessRefused(findEmail(spelling), undefined, 400, URI_TOO_LONG)),
      );
      return found.find((holder) => holder !== undefined);
    },
  };
}

/** Finds profiles in Klaviyo. */
export type Profiles = ReturnType<typeof profileLookup>;

/** What a plan may ask of Klaviyo: which profile has an identifier. */
export type ProfileLookup = Pick<Profiles, 'byEmail' | 'byExternalId'>;
