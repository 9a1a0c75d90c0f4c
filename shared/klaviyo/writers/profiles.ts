import { ProfileEnum, type ProfilesApi } from 'klaviyo-api';
import * as z from 'zod';
import { warn } from '../../attempt.ts';
import { PermanentError, RetryableError, StalePlanError } from '../../errors.ts';
import type { Profile } from '../writes.ts';
import { accepted, answered } from './answers.ts';

const type = ProfileEnum.Profile;

const singleProfile = z.looseObject({
  data: z.looseObject({
    id: z.string(),
    attributes: z.looseObject({ external_id: z.string().nullish(), phone_number: z.string().nullish() }),
  }),
});

const profileList = z.looseObject({ data: z.array(singleProfile.shape.data) });

/** A profile as Klaviyo returns it. */
type KlaviyoProfile = z.output<typeof singleProfile>['data'];

/** The written profile, and, if the customer id just moved, the profile that held it before. */
interface Outcome {
  profile: KlaviyoProfile;
  formerId?: string;
}

/** Klaviyo clears a field that is null, which the types of its SDK do not allow. */
const CLEARED = null as never;

/**
 * Writes profiles without mixing people up. Couples and companies share phone numbers, and profile-import with a phone number
 * may take over another person's profile, so profile-import never gets one.
 */
export function profileWriter(api: ProfilesApi, linkByEmail: boolean) {
  const patch = (id: string, attributes: Partial<Profile>) => api.updateProfile(id, { data: { type, id, attributes } });

  async function holderOf(email: string): Promise<KlaviyoProfile> {
    // Klaviyo compares e-mail addresses without case, but may not search without case.
    for (const spelling of new Set([email, email.toLowerCase()])) {
      const filter = `equals(email,${JSON.stringify(spelling)})`;
      const [holder] = answered(profileList, await api.getProfiles({ filter })).data;
      if (holder) return holder;
    }
    throw new RetryableError('no profile holds the e-mail that Klaviyo says is taken');
  }

  /**
   * Writes everything but the phone number onto the profile that holds the e-mail, and gives that profile the customer's id.
   * If the profile belonged to another customer, that customer's phone number is cleared.
   */
  async function link(attributes: Omit<Profile, 'phoneNumber'>): Promise<Outcome> {
    const holder = await holderOf(attributes.email);
    const { external_id: holderId } = holder.attributes;
    const isAnothers = holderId && holderId !== attributes.externalId;
    const linked = isAnothers ? { ...attributes, phoneNumber: CLEARED } : attributes;
    try {
      return { profile: answered(singleProfile, await patch(holder.id, linked)).data };
    } catch (error) {
      const formerId = conflicting(error);
      if (!formerId || formerId === holder.id) throw error;
      warn('the customer id moved from another profile to the one that holds the e-mail');
      await patch(formerId, { externalId: CLEARED });
      return { profile: answered(singleProfile, await patch(holder.id, linked)).data, formerId };
    }
  }

  async function importProfile(attributes: Omit<Profile, 'phoneNumber'>): Promise<Outcome> {
    try {
      return { profile: answered(singleProfile, await api.createOrUpdateProfile({ data: { type, attributes } })).data };
    } catch (error) {
      if (!(error instanceof PermanentError && error.status === 409)) throw error;
      if (linkByEmail) return link(attributes);
      throw new PermanentError('another profile holds the e-mail; the setting customers.linkByEmail is off', error);
    }
  }

  /** Writes the phone number. Takes the number from the profile that held the customer id before, and from no other. */
  async function writePhone(
    { profile: { id }, formerId }: Outcome,
    phoneNumber: Profile['phoneNumber'],
  ): Promise<void> {
    const write = () => patch(id, { phoneNumber });
    const call = write().catch(async (error: unknown) => {
      if (!formerId || conflicting(error) !== formerId) throw error;
      await patch(formerId, { phoneNumber: CLEARED });
      return write();
    });
    if (!(await accepted(call, 400, 409))) warn('Klaviyo refused the phone number, or has it on another profile');
  }

  return {
    /** Creates the profile of a new customer. Throws StalePlanError when an identifier is taken or the phone number refused. */
    async create({ phoneNumber, ...profile }: Profile): Promise<void> {
      const filled = Object.entries({ ...profile, phoneNumber }).filter(([, value]) => value !== null);
      const call = api.createProfile({ data: { type, attributes: Object.fromEntries(filled) } });
      // A 400 may be about the number, without which the profile is written next.
      if (!(await accepted(call, 409, ...(phoneNumber ? [400] : []))))
        throw new StalePlanError('Klaviyo knows this customer already, or refuses the phone number');
    },

    /** Creates or updates a profile. A phone number that Klaviyo refuses is left out, with a warning. */
    async upsert({ phoneNumber, ...attributes }: Profile): Promise<void> {
      const written = await importProfile(attributes);
      const { phone_number: current = null } = written.profile.attributes;
      if (phoneNumber !== undefined && phoneNumber !== current) await writePhone(written, phoneNumber);
    },
  };
}

/** Returns the profile that a 409 names; undefined for any other error. */
const conflicting = (error: unknown): string | undefined =>
  error instanceof PermanentError && error.status === 409 ? error.duplicateProfileId : undefined;
