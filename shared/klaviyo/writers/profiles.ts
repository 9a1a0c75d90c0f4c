import { ProfileEnum, ProfileMergeEnum, type ProfilesApi } from 'klaviyo-api';
import { LRUCache } from 'lru-cache';
import { warn } from '../../attempt.ts';
import { PermanentError, RetryableError, StalePlanError } from '../../errors.ts';
import { withRetries } from '../../http/retry.ts';
import { isSameEmail, type KnownProfile, profileLookup, profileOf } from '../profiles.ts';
import type { Identification, Profile } from '../writes.ts';
import { accepted } from './answers.ts';

const type = ProfileEnum.Profile;
const REMEMBERED = 10_000;
/** Each identifier may be somebody else's, and each of these may change while it is looked at. */
const ROUNDS = 8;
/** After so many conflicts that cannot be explained the phone number is left out. */
const UNEXPLAINED = 2;
/** Customers who hand an address on from one to the next: A to B to C to A. */
const LONGEST_CHAIN = 5;

/** Klaviyo clears a field that is null, which the types of its SDK do not allow. */
const CLEARED = null as never;

/** What is written of a profile. */
type Attributes = Pick<Profile, 'externalId'> & Partial<Profile>;

/** What is to be written, and onto which profile of Klaviyo's: undefined to create one. */
interface Aim {
  attributes: Attributes;
  target: string | undefined;
}

/** How conflicts over an e-mail address are resolved. */
export interface LinkOptions {
  /** Whether an address that another profile holds becomes the customer's. */
  linkByEmail: boolean;
  /** Returns the e-mail address that commercetools has for a customer now; undefined for a customer who does not exist. */
  emailOf(customerId: string): Promise<string | undefined>;
}

/**
 * Writes profiles without mixing people up. Only calls are used that Klaviyo refuses (409) when an identifier is another
 * profile's: POST, and PATCH by Klaviyo's id. profile-import is not one of them: it takes over the profile that has the
 * phone number, or the e-mail, whoever it belongs to.
 */
export function profileWriter(api: ProfilesApi, { linkByEmail, emailOf }: LinkOptions) {
  const lookup = profileLookup(api);
  /** Klaviyo's ids by customer id, which spares a search. An id that is wrong by now is refused. */
  const remembered = new LRUCache<string, string>({ max: REMEMBERED });

  const post = async (attributes: Partial<Profile>): Promise<KnownProfile> => {
    const filled = Object.entries(attributes).filter(([, value]) => value !== null);
    return profileOf(await api.createProfile({ data: { type, attributes: Object.fromEntries(filled) } }));
  };

  const patch = async (id: string, attributes: Partial<Profile>): Promise<KnownProfile> =>
    profileOf(await api.updateProfile(id, { data: { type, id, attributes } }));

  const holderOf = (email: string | undefined) => (email === undefined ? undefined : lookup.byEmail(email));

  const find = async (externalId: string): Promise<string | undefined> => (await lookup.byExternalId(externalId))?.id;

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
    if (refusal.status === 404 && target !== undefined)
      return { attributes, target: await find(attributes.externalId) };
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
    if (holder?.externalId === externalId) return { ...aim, target: holder.id };
    if (holder && isSameEmail(holder.email, email)) return claimEmail(aim, holder, conflict, chain);
    // People share phone numbers. Otherwise what conflicted has changed by now; if it goes on, all that is left is the number.
    const isPhone = phoneNumber && (holder?.phoneNumber === phoneNumber || round >= UNEXPLAINED);
    return isPhone ? withoutPhone(aim) : aim;
  }

  /** Makes the customer's an address that another profile holds. */
  async function claimEmail(
    aim: Aim,
    holder: KnownProfile,
    conflict: PermanentError,
    chain: readonly string[],
  ): Promise<Aim> {
    const { target } = aim;
    if (!holder.externalId && target === undefined) return { ...aim, target: holder.id };
    if (!linkByEmail)
      throw new PermanentError('another profile holds the e-mail; the setting customers.linkByEmail is off', conflict);
    if (holder.externalId) return takeAddress(aim, { id: holder.id, customerId: holder.externalId }, chain);
    if (target !== undefined) await merge(holder.id, target, aim.attributes);
    return aim;
  }

  /**
   * Merges a profile without a customer, of a newsletter form for instance, into the customer's, with its history.
   *
   * @throws RetryableError when Klaviyo, which queues merges, takes too long
   */
  async function merge(source: string, destination: string, { email }: Attributes): Promise<void> {
    warn('a profile that held the e-mail was merged into the customer’s');
    const profiles = { data: [{ type, id: source }] };
    const body = { data: { type: ProfileMergeEnum.ProfileMerge, id: destination, relationships: { profiles } } };
    await accepted(api.mergeProfiles(body), 404);
    await withRetries(async () => {
      if (await accepted(patch(destination, { email }), 409)) return;
      throw new RetryableError('Klaviyo has not merged the two profiles yet');
    });
  }

  /**
   * Takes an address from another customer's profile, and nothing else of that person: the other profile gets the address that
   * commercetools has for its customer now. So whatever breaks off, each profile has its own address or none, and the
   * redelivery completes its own.
   *
   * @returns what to try next: without the address if commercetools has it for both customers
   */
  async function takeAddress(
    aim: Aim,
    { id, customerId }: { id: string; customerId: string },
    chain: readonly string[],
  ): Promise<Aim> {
    const { attributes, target } = aim;
    if (chain.length >= LONGEST_CHAIN || chain.includes(customerId))
      throw new RetryableError('customers exchange their e-mail addresses');
    const email = await emailOf(customerId);
    if (isSameEmail(email, attributes.email)) {
      warn('another customer has the same e-mail, whose profile keeps it');
      return { attributes: { ...attributes, email: undefined }, target };
    }
    warn('the e-mail was on the profile of another customer');
    if (email === undefined) {
      await patch(id, { email: CLEARED });
      return aim;
    }
    // The other customer may be waiting for the address that this one gives up.
    if (target !== undefined) await patch(target, { email: CLEARED });
    await write({ attributes: { externalId: customerId, email }, target: id }, [...chain, attributes.externalId]);
    if (isSameEmail(await emailOf(customerId), email)) return aim;
    throw new RetryableError('the customer who held the e-mail is changing it again');
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
        if (isNew || isSameEmail(await emailOf(externalId), email)) return;
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
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
