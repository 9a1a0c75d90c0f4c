import { type DataPrivacyApi, DataPrivacyDeletionJobEnum, ProfileEnum } from 'klaviyo-api';
import { RetryableError } from '../../errors.ts';
import type { Erasure } from '../person-writes.ts';
import type { Profiles } from '../profiles.ts';

/** Erases profiles, with all that Klaviyo knows of the person and for good. */
export const profileEraser = (api: DataPrivacyApi, lookup: Profiles) => ({
  /**
   * Erases the profile of a former customer, by Klaviyo's id and no other identifier: all profiles that match one are erased.
   * Resolves to false when there is none.
   *
   * @throws RetryableError when Klaviyo finds somebody else
   */
  async erase({ externalId }: Erasure): Promise<boolean> {
    const profile = await lookup.byExternalId(externalId);
    if (!profile) return false;
    if (profile.externalId !== externalId) throw new RetryableError('Klaviyo found the profile of another customer');
    const data = { type: ProfileEnum.Profile, id: profile.id, attributes: {} };
    await api.requestProfileDeletion({
      data: { type: DataPrivacyDeletionJobEnum.DataPrivacyDeletionJob, attributes: { profile: { data } } },
    });
    return true;
  },
});
