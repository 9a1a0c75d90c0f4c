import { ProfileEnum, type ProfilesApi } from 'klaviyo-api';
import * as z from 'zod';
import { warn } from '../attempt.ts';
import { PermanentError, RetryableError, StalePlanError } from '../errors.ts';
import { accepted, answered } from './answers.ts';
import { KlaviyoError } from './error.ts';
import type { Profile } from './writes.ts';

const type = ProfileEnum.Profile;

const one = z.looseObject({
  data: z.looseObject({
    id: z.string(),
    attributes: z.looseObject({ external_id: z.string().nullish(), phone_number: z.string().nullish() }),
  }),
});

const some = z.looseObject({ data: z.array(one.shape.data) });

/** A profile as Klaviyo answers with it. */
type Answered = z.output<typeof one>['data'];

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
    const spellings = [...new Set([email, email.toLowerCase()])];
    const [holder] = answered(some, await api.getProfiles({ filter: `any(email,${JSON.stringify(spellings)})` })).data;
    if (!holder) throw new RetryableError('no profile holds the e-mail that Klaviyo says is taken');
    return holder;
  }

  /**
   * Writes everything but the phone number onto the profile that holds the e-mail, and makes it this customer's. A number
   * that it has of another customer does not stay there, and this customer's own number is set free for it.
   */
  async function link(attributes: Omit<Profile, 'phoneNumber'>): Promise<Answered> {
    const holder = await holderOf(attributes.email);
    const { external_id: holderId } = holder.attributes;
    const isAnothers = holderId && holderId !== attributes.externalId;
    const linked = isAnothers ? { ...attributes, phoneNumber: NOTHING } : attributes;
    try {
      return answered(one, await patch(holder.id, linked)).data;
    } catch (error) {
      const other = error instanceof KlaviyoError && error.status === 409 ? error.duplicateProfileId : undefined;
      if (!other || other === holder.id) throw error;
      warn('the customer id moved from another profile to the one that holds the e-mail');
      await patch(other, { externalId: NOTHING, phoneNumber: NOTHING });
      return answered(one, await patch(holder.id, linked)).data;
    }
  }

  async function importProfile(attributes: Omit<Profile, 'phoneNumber'>): Promise<Answered> {
    try {
      return answered(one, await api.createOrUpdateProfile({ data: { type, attributes } })).data;
    } catch (error) {
      if (!(error instanceof KlaviyoError && error.status === 409)) throw error;
      if (linkByEmail) return link(attributes);
      throw new PermanentError('another profile holds the e-mail; the setting customers.linkByEmail is off', error);
    }
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
      const profile = await importProfile(attributes);
      if (phoneNumber === undefined || phoneNumber === (profile.attributes.phone_number ?? null)) return;
      if (!(await accepted(patch(profile.id, { phoneNumber }), 400, 409)))
        warn('Klaviyo refused the phone number, or has it on another profile');
    },
  };
}
