import {
  ListEnum,
  ProfileEnum,
  ProfileSubscriptionBulkCreateJobEnum,
  ProfileSubscriptionBulkDeleteJobEnum,
  type ProfilesApi,
  SubscriptionParameters,
  UnsubscriptionParameters,
} from 'klaviyo-api';
import { warn } from '../../attempt.ts';
import { RetryableError, StalePlanError } from '../../errors.ts';
import { withRetries } from '../../http/retry.ts';
import { consentRecord, isDecidedSince, isGivenElsewhereSince, isOnList } from '../consents.ts';
import type { Consent, Withdrawal } from '../person-writes.ts';
import { isSameEmail, type KnownProfile, type Profiles } from '../profiles.ts';
import { accepted } from './answers.ts';

/** Klaviyo subscribes in a job: so long a list may not show yet who was subscribed a moment before the withdrawal. */
const JOB_MILLISECONDS = 120_000;

/** How to find out whether a consent still holds. */
export interface ConsentOptions {
  /** Returns whether the customer still says so, where a customer did. */
  saysStill(consent: Consent): Promise<boolean>;
}

/**
 * Subscribes and unsubscribes, with one call a channel, so that a phone number that Klaviyo refuses costs no other consent. Each
 * function resolves to false where Klaviyo's own record is newer, or says so already that there is nothing to do.
 */
export function consentWriter(api: ProfilesApi, lookup: Profiles, { saysStill }: ConsentOptions) {
  /** The profile of a customer, which was written before and is waited for. */
  const customerProfile = (externalId: string): Promise<KnownProfile> =>
    withRetries(async () => {
      const profile = await lookup.byExternalId(externalId);
      if (profile?.externalId === externalId) return profile;
      throw new RetryableError('Klaviyo does not show the profile of the customer yet');
    });

  /** The profile of who gave a consent. What a search does not show yet, the profile itself may. */
  async function holderOf(consent: Consent): Promise<KnownProfile | undefined> {
    const { channel, address, externalId } = consent;
    if (externalId === undefined) return channel === 'email' ? lookup.byEmail(address) : lookup.byPhoneNumber(address);
    const found = await customerProfile(externalId);
    return hasAddress(found, consent) ? found : lookup.byId(found.id);
  }

  /** Makes the call; a phone number that Klaviyo refuses is left out, with a warning. */
  async function send(call: Promise<unknown>, channel: Consent['channel']): Promise<boolean> {
    const isAccepted = await accepted(call, ...(channel === 'sms' ? [400] : []));
    if (!isAccepted) warn('Klaviyo refused the phone number of the consent to SMS');
    return isAccepted;
  }

  return {
    /**
     * Subscribes a person, unless Klaviyo has a decision of theirs that is newer than the message.
     *
     * @throws StalePlanError when the customer does not say so any more
     */
    async subscribe(consent: Consent): Promise<boolean> {
      const { channel, time, list, source } = consent;
      const profile = await holderOf(consent);
      if (profile && !hasAddress(profile, consent)) {
        warn(`the consent (${channel}) is left out: Klaviyo’s profile of the customer does not have the address`);
        return false;
      }
      if (profile && isDecidedSince(await consentRecord(api, profile.id, channel), time)) return false;
      const marketing = { consent: SubscriptionParameters.ConsentEnum.Subscribed };
      const data = [
        { type, id: profile?.id, attributes: { ...addressed(consent), subscriptions: { [channel]: { marketing } } } },
      ];
      const job = { type: ProfileSubscriptionBulkCreateJobEnum.ProfileSubscriptionBulkCreateJob, ...listed(list) };
      const attributes = { customSource: source, profiles: { data } };
      if (!(await send(api.bulkSubscribeProfiles({ data: { ...job, attributes } }), channel))) return false;
      if (!(await saysStill(consent))) throw new StalePlanError('the customer has withdrawn the consent by now');
      return true;
    },

    /**
     * Unsubscribes a customer, unless they have subscribed elsewhere since the message: the address that the profile has, as
     * commercetools may have another by now, or none. From a list only who is on the list, as Klaviyo unsubscribes everybody else
     * from everything.
     *
     * @throws RetryableError when the list may not show the person yet
     */
    async unsubscribe({ channel, externalId, time, list, source }: Withdrawal): Promise<boolean> {
      const profile = await customerProfile(externalId);
      const address = addressOf(profile, channel);
      if (!address) return false;
      if (isGivenElsewhereSince(await consentRecord(api, profile.id, channel), time, source)) return false;
      if (list && !(await isOnList(api, profile.id, list))) {
        if (Date.now() - Date.parse(time) > JOB_MILLISECONDS) return false;
        throw new RetryableError('the person is not on the list of the consent, or not yet');
      }
      const marketing = { consent: UnsubscriptionParameters.ConsentEnum.Unsubscribed };
      const attributes = { ...addressed({ channel, address }), subscriptions: { [channel]: { marketing } } };
      const data = [{ type, attributes }];
      const job = { type: ProfileSubscriptionBulkDeleteJobEnum.ProfileSubscriptionBulkDeleteJob, ...listed(list) };
      return send(api.bulkUnsubscribeProfiles({ data: { ...job, attributes: { profiles: { data } } } }), channel);
    },
  };
}

const type = ProfileEnum.Profile;

const addressed = ({ channel, address }: Pick<Consent, 'channel' | 'address'>) =>
  channel === 'email' ? { email: address } : { phoneNumber: address };

const listed = (id: string | undefined) =>
  id ? { relationships: { list: { data: { type: ListEnum.List, id } } } } : {};

/** Klaviyo would subscribe whoever has the address: a couple shares a phone number, and an e-mail may be another customer's. */
function hasAddress(profile: KnownProfile, { channel, address }: Consent): boolean {
  const own = addressOf(profile, channel);
  return channel === 'email' ? isSameEmail(own, address) : own === address;
}

const addressOf = ({ email, phoneNumber }: KnownProfile, channel: Consent['channel']): string | undefined =>
  channel === 'email' ? email : phoneNumber;
