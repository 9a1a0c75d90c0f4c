import type { ProfilesApi } from 'klaviyo-api';
import * as z from 'zod';
import { answered, unlessRefused } from './writers/answers.ts';

const PLACE = ['address1', 'address2', 'city', 'region', 'zip', 'country'];

const profile = z
  .looseObject({
    id: z.string(),
    attributes: z.looseObject({
      external_id: z.string().nullish(),
      email: z.string().nullish(),
      phone_number: z.string().nullish(),
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      location: z.record(z.string(), z.unknown()).nullish(),
    }),
  })
  .transform(({ id, attributes }) => ({
    id,
    externalId: attributes.external_id || undefined,
    email: attributes.email || undefined,
    phoneNumber: attributes.phone_number || undefined,
    hasName: Boolean(attributes.first_name || attributes.last_name),
    hasPlace: PLACE.some((part) => attributes.location?.[part]),
  }));

const single = z.looseObject({ data: profile });
const list = z.looseObject({ data: z.array(profile) });

/** Klaviyo's profile: its own id, what it is recognized by, and whether it tells a name and a place. */
export type KnownProfile = z.output<typeof profile>;

/** Returns whether two e-mail addresses are the same to Klaviyo, which compares them without case. */
export const isSameEmail = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase();

/** Returns the profile of a response. */
export const profileOf = (response: { response: { data: unknown } }): KnownProfile => answered(single, response).data;

/** Finds profiles. Each function returns undefined when Klaviyo knows no such profile. */
export function profileLookup(api: ProfilesApi) {
  const find = async (field: string, value: string): Promise<KnownProfile | undefined> => {
    const filter = `equals(${field},${JSON.stringify(value)})`;
    return answered(list, await api.getProfiles({ filter })).data[0];
  };

  return {
    byId: (id: string) => unlessRefused<KnownProfile | undefined>(api.getProfile(id).then(profileOf), undefined, 404),

    byExternalId: (externalId: string) => find('external_id', externalId),

    /** Klaviyo may search without regard to case or not, so both spellings are tried. What is no address belongs to nobody. */
    async byEmail(email: string): Promise<KnownProfile | undefined> {
      for (const spelling of new Set([email, email.toLowerCase()])) {
        const holder = await unlessRefused(find('email', spelling), undefined, 400);
        if (holder) return holder;
      }
      return undefined;
    },
  };
}

/** What a plan may ask of Klaviyo: which profile has an identifier. */
export type ProfileLookup = Pick<ReturnType<typeof profileLookup>, 'byEmail' | 'byExternalId'>;
