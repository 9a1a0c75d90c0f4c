import { ProfileEnum, ProfileMergeEnum, type ProfilesApi } from 'klaviyo-api';
import { warn } from '../../attempt.ts';
import { PermanentError, RetryableError } from '../../errors.ts';
import { withRetries } from '../../http/retry.ts';
import { isSameEmail, type KnownProfile } from '../profiles.ts';
import type { Profile } from '../writes.ts';
import { accepted } from './answers.ts';

const type = ProfileEnum.Profile;
/** Customers who hand an address on from one to the next: A to B to C to A. */
const LONGEST_CHAIN = 5;

/** Klaviyo clears a field that is null, which the types of its SDK do not allow. */
const CLEARED = null as never;

/** What is written of a profile. */
export type Attributes = Pick<Profile, 'externalId'> & Partial<Profile>;

/** What is to be written, and onto which profile of Klaviyo's: undefined to create one. */
export interface Aim {
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

/** How profiles are written. */
interface ProfileCalls {
  patch(id: string, attributes: Partial<Profile>): Promise<KnownProfile>;
  write(aim: Aim, chain: readonly string[]): Promise<unknown>;
}

/**
 * Returns the function that makes the customer's an address that another profile holds, and returns what to try next. The
 * function throws PermanentError when the settings forbid it, RetryableError when it takes Klaviyo or the shop too long.
 */
export function emailClaim(api: ProfilesApi, { patch, write }: ProfileCalls, { linkByEmail, emailOf }: LinkOptions) {
  async function claim(
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
      // What this customer's profile has is a former address, which may be a third customer's by now.
      return { attributes: { ...attributes, email: CLEARED }, target };
    }
    warn('the e-mail was on the profile of another customer');
    if (email === undefined) {
      await patch(id, { email: CLEARED });
      return aim;
    }
    // The other customer may be waiting for the address that this one gives up.
    if (target !== undefined) await patch(target, { email: CLEARED });
    const other = { attributes: { externalId: customerId, email }, target: id };
    // The other customer's own address, if Klaviyo refuses it, is no reason to keep this one.
    if (!(await accepted(write(other, [...chain, attributes.externalId]), 400))) await patch(id, { email: CLEARED });
    if (isSameEmail(await emailOf(customerId), email)) return aim;
    throw new RetryableError('the customer who held the e-mail is changing it again');
  }

  return claim;
}
