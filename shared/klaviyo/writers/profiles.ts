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

/** A profile as Klaviyo answers with it. */
type Answered = z.output<typeof singleProfile>['data'];

/** A profile that was written, and the one that was this customer's before, when it has just become another. */
interface Written {
  profile: Answered;
  former?: string;
}

/** Klaviyo clears what is null; the types of its SDK do not know. */
const NOTHING = null as never;

/**
 * Writes profiles so that nobody is mixed up: a phone number may be shared by a couple or a company, and profile-import
 * with one may take over another person's profile, so it is never sent there.
 */
export function profileWriter(api: ProfilesApi, linkByEmail: boolean) {
  const patch = (id: string, attributes: Partial<Profile>) => api.updateProfile(id, { data: { type, id, attributes } });

  async function holderOf(email: string): Promise<Answered> {
    // Klaviyo takes addresses for the same in whatever case, but may not find them so.
    for (const spelling of new Set([email, email.toLowerCase()])) {
      const filter = `equals(email,${JSON.stringify(spelling)})`;
      const [holder] = answered(profileList, await api.getProfiles({ filter })).data;
      if (holder) return holder;
    }
    throw new RetryableError('no profile holds the e-mail that Klaviyo says is taken');
  }

  /**
   * Writes everything but the phone number onto the profile that holds the e-mail, and makes it this customer's. A number
   * that it has of another customer does not stay there.
   */
  async function link(attributes: Omit<Profile, 'phoneNumber'>): Promise<Written> {
    const holder = await holderOf(attributes.email);
    const { external_id: holderId } = holder.attributes;
    const isAnothers = holderId && holderId !== attributes.externalId;
    const linked = isAnothers ? { ...attributes, phoneNumber: NOTHING } : attributes;
    try {
      return { profile: answered(singleProfile, await patch(holder.id, linked)).data };
    } catch (error) {
      const former = conflicting(error);
      if (!former || former === holder.id) throw error;
      warn('the customer id moved from another profile to the one that holds the e-mail');
      await patch(former, { externalId: NOTHING });
      return { profile: answered(singleProfile, await patch(holder.id, linked)).data, former };
    }
  }

  async function importProfile(attributes: Omit<Profile, 'phoneNumber'>): Promise<Written> {
    try {
      return { profile: answered(singleProfile, await api.createOrUpdateProfile({ data: { type, attributes } })).data };
    } catch (error) {
      if (!(error instanceof PermanentError && error.status === 409)) throw error;
      if (linkByEmail) return link(attributes);
      throw new PermanentError('another profile holds the e-mail; the setting customers.linkByEmail is off', error);
    }
  }

  /** Writes the phone number; takes it from the profile that was this customer's before, and from no other. */
  async function writePhone({ profile: { id }, former }: Written, phoneNumber: Profile['phoneNumber']): Promise<void> {
    const write = () => patch(id, { phoneNumber });
    const call = write().catch(async (error: unknown) => {
      if (!former || conflicting(error) !== former) throw error;
      await patch(former, { phoneNumber: NOTHING });
      return write();
    });
    if (!(await accepted(call, 400, 409))) warn('Klaviyo refused the phone number, or has it on another profile');
  }

  return {
    /** Creates the profile of a new customer. Throws StalePlanError when Klaviyo knows one of its identifiers, or not its phone. */
    async create({ phoneNumber, ...profile }: Profile): Promise<void> {
      const filled = Object.entries({ ...profile, phoneNumber }).filter(([, value]) => value !== null);
      const call = api.createProfile({ data: { type, attributes: Object.fromEntries(filled) } });
      // A 400 may be about the number, without which the profile is written next.
      if (!(await accepted(call, 409, ...(phoneNumber ? [400] : []))))
        throw new StalePlanError('Klaviyo knows this customer already, or refuses the phone number');
    },

    /** Creates or updates a profile; a phone number that Klaviyo refuses costs the number, with a warning. */
    async upsert({ phoneNumber, ...attributes }: Profile): Promise<void> {
      const written = await importProfile(attributes);
      const { phone_number: current = null } = written.profile.attributes;
      if (phoneNumber !== undefined && phoneNumber !== current) await writePhone(written, phoneNumber);
    },
  };
}

/** The profile that a 409 names; undefined for any other error. */
const conflicting = (error: unknown): string | undefined =>
  error instanceof PermanentError && error.status === 409 ? error.duplicateProfileId : undefined;
