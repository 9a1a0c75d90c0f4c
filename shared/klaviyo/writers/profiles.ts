import { ProfileEnum, type ProfilesApi } from 'klaviyo-api';
import { LRUCache } from 'lru-cache';
import { warn } from '../../attempt.ts';
import { PermanentError, RetryableError, StalePlanError } from '../../errors.ts';
import type { Identification } from '../person-writes.ts';
import { isSameEmail, type KnownProfile, type Profiles, profileOf } from '../profiles.ts';
import type { Profile } from '../writes.ts';
import { accepted } from './answers.ts';
import { type Aim, emailClaim, type LinkOptions } from './email-claim.ts';

const type = ProfileEnum.Profile;
const REMEMBERED = 10_000;
/** Each identifier may be somebody else's, and each of these may change while it is looked at. */
const ROUNDS = 8;
/** After so many conflicts that cannot be explained the phone number is left out. */
const UNEXPLAINED = 2;

/**
 * Writes profiles without mixing people up. Only calls are used that Klaviyo refuses (409) when an identifier is another
 * profile's: POST, and PATCH by Klaviyo's id. profile-import is not one of them: it takes over the profile that has the
 * phone number, or the e-mail, whoever it belongs to.
 */
export function profileWriter(api: ProfilesApi, lookup: Profiles, options: LinkOptions) {
  /** Klaviyo's ids by customer id, which spares a search. An id that is wrong by now is refused. */
  const remembered = new LRUCache<string, string>({ max: REMEMBERED });

  const post = async (attributes: Partial<Profile>): Promise<KnownProfile> => {
    const filled = Object.entries(attributes).filter(([, value]) => value !== null);
    return profileOf(await api.createProfile({ data: { type, attributes: Object.fromEntries(filled) } }));
  };

  const patch = async (id: string, attributes: Partial<Profile>): Promise<KnownProfile> =>
    profileOf(await api.updateProfile(id, { data: { type, id, attributes } }));

  const holderOf = (email: string | undefined) => (email ? lookup.byEmail(email) : undefined);

  const find = async (externalId: string): Promise<string | undefined> => (await lookup.byExternalId(externalId))?.id;

  const claimEmail = emailClaim(api, { patch, write }, options);

  /** Makes the call; returns why Klaviyo refuses it. */
  async function send({ attributes, target }: Aim): Promise<PermanentError | undefined> {
    try {
      const { id } = await (target === undefined ? post(attributes) : patch(target, attributes));
      remembered.set(attributes.externalId, id);
      return undefined;
    } catch (error) {
      if (error instanceof PermanentError) return error;
      throw error;
    }
  }

  /**
   * Writes the profile of a customer, and makes the customer's e-mail the profile's, whoever holds it.
   *
   * @param chain the customers whose address is being changed so that this one gets its own
   * @returns whether the profile is new, so that nothing newer can have been overwritten
   */
  async function write(first: Aim, chain: readonly string[] = []): Promise<boolean> {
    let aim = first;
    for (let round = 0; round < ROUNDS; round++) {
      const refusal = await send(aim);
      if (!refusal) return aim.target === undefined;
      aim = await correct(aim, refusal, chain, round);
    }
    throw new RetryableError('the identifiers of the customer are changing in Klaviyo');
  }

  /** Returns what to try next. Throws the refusal when nothing can be done about it. */
  async function correct(aim: Aim, refusal: PermanentError, chain: readonly string[], round: number): Promise<Aim> {
    const { attributes, target } = aim;
    if (refusal.status === 404 && target !== undefined) {
      // It may have been erased with its customer, and is not to be made anew from what was read before.
      if ((await options.emailOf(attributes.externalId)) === undefined)
        throw new StalePlanError('the profile is gone, and its customer');
      return { attributes, target: await find(attributes.externalId) };
    }
    if (refusal.status === 409) return resolve(aim, refusal, chain, round);
    // Wherever Klaviyo points: of what we send, it is the phone number that shops have in every form.
    if (refusal.status === 400 && attributes.phoneNumber) return withoutPhone(aim);
    throw refusal;
  }

  /** Looks at the profile that holds one of the identifiers. */
  async function resolve(aim: Aim, conflict: PermanentError, chain: readonly string[], round: number): Promise<Aim> {
    const { duplicateProfileId } = conflict;
    const { externalId, email, phoneNumber } = aim.attributes;
    const holder = await (duplicateProfileId ? lookup.byId(duplicateProfileId) : holderOf(email));
    const isOwn = holder?.externalId === externalId;
    if (isOwn && holder.id !== aim.target) return { ...aim, target: holder.id };
    if (holder && !isOwn && isSameEmail(holder.email, email)) return claimEmail(aim, holder, conflict, chain);
    // People share phone numbers. Otherwise what conflicted has changed by now; if it goes on, all that is left is the number.
    const isPhone = phoneNumber && (holder?.phoneNumber === phoneNumber || round >= UNEXPLAINED);
    return isPhone ? withoutPhone(aim) : aim;
  }

  return {
    /** Creates the profile of a new customer. Throws StalePlanError when an identifier is taken or the phone number refused. */
    async create(profile: Profile): Promise<void> {
      // A 400 may be about the number, without which the profile is written next.
      if (!(await accepted(post(profile), 409, ...(profile.phoneNumber ? [400] : []))))
        throw new StalePlanError('Klaviyo knows this customer already, or refuses the phone number');
    },

    /**
     * Makes sure that Klaviyo knows the customer by id and e-mail. An e-mail that Klaviyo refuses, or that must not be taken from
     * another profile, is left out, with a warning.
     *
     * @throws StalePlanError when the customer has another e-mail by now
     */
    async identify({ externalId, email, profileId }: Identification): Promise<void> {
      try {
        const isNew = await write({ attributes: { externalId, email }, target: profileId });
        if (isNew || isSameEmail(await options.emailOf(externalId), email)) return;
      } catch (error) {
        // Whatever else is refused, such as a profile that is gone by now, is not the e-mail's fault and may pass.
        const isEmail = error instanceof PermanentError && (error.status === 400 || !options.linkByEmail);
        if (!isEmail) throw error;
        warn('Klaviyo refused the e-mail of the customer, or has it on another profile');
        if (profileId === undefined) await write({ attributes: { externalId }, target: profileId });
        return;
      }
      throw new StalePlanError('the customer has another e-mail by now');
    },

    /** Creates or updates a profile. A phone number that Klaviyo refuses is left out, with a warning. */
    async upsert(profile: Profile): Promise<void> {
      const { externalId } = profile;
      await write({ attributes: profile, target: remembered.get(externalId) ?? (await find(externalId)) });
    },
  };
}

function withoutPhone({ attributes, target }: Aim): Aim {
  warn('Klaviyo refused the phone number, or has it on another profile');
  return { attributes: { ...attributes, phoneNumber: undefined }, target };
}
