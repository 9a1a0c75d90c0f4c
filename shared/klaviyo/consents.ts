import type { ProfilesApi } from 'klaviyo-api';
import * as z from 'zod';
import type { Channel } from '../config/settings/consent.ts';
import { answered } from './writers/answers.ts';

const text = z.string().nullish();
const suppressions = z.array(z.looseObject({ timestamp: text })).nullish();

const marketing = z.looseObject({
  consent: text,
  consent_timestamp: text,
  last_updated: text,
  method_detail: text,
  custom_method_detail: text,
  suppression: suppressions,
  list_suppressions: suppressions,
});

const channel = z.looseObject({ marketing: marketing.nullish() }).nullish();

const withSubscriptions = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({ subscriptions: z.looseObject({ email: channel, sms: channel }).nullish() }),
  }),
});

const identifiers = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/** What Klaviyo has recorded of a person's consent. */
export type ConsentRecord = z.output<typeof marketing>;

/** Returns Klaviyo's record of a channel; empty where there is none. */
export async function consentRecord(api: ProfilesApi, profileId: string, channel: Channel): Promise<ConsentRecord> {
  const answer = await api.getProfile(profileId, {
    additionalFieldsProfile: ['subscriptions'],
    fieldsProfile: ['subscriptions'],
  });
  return answered(withSubscriptions, answer).data.attributes.subscriptions?.[channel]?.marketing ?? {};
}

/** Returns whether a profile is on a list. */
export async function isOnList(api: ProfilesApi, profileId: string, list: string): Promise<boolean> {
  return answered(identifiers, await api.getListIdsForProfile(profileId)).data.some(({ id }) => id === list);
}

/**
 * Returns whether anything was decided in Klaviyo since a time: a subscription, a withdrawal, a complaint, or a suppression. What has
 * no time, and is more than that nobody ever subscribed, may have been decided since.
 */
export function isDecidedSince(record: ConsentRecord, time: string): boolean {
  const { consent, consent_timestamp, last_updated, suppression, list_suppressions } = record;
  const isOpen = !consent || consent === 'NEVER_SUBSCRIBED';
  const suppressed = [...(suppression ?? []), ...(list_suppressions ?? [])].map(({ timestamp }) => timestamp);
  const decided = isOpen ? suppressed : [...suppressed, latest(consent_timestamp, last_updated)];
  return decided.some((decision) => !(milliseconds(decision) < Date.parse(time)));
}

/** Returns whether somebody subscribed after a time elsewhere than in the shop, by a form of Klaviyo for instance. */
export function isGivenElsewhereSince(record: ConsentRecord, time: string, source: string): boolean {
  const { consent, consent_timestamp, last_updated, method_detail, custom_method_detail } = record;
  const isOurs = [method_detail, custom_method_detail].includes(source);
  return consent === 'SUBSCRIBED' && !isOurs && milliseconds(consent_timestamp ?? last_updated) > Date.parse(time);
}

const latest = (one: string | null | undefined, other: string | null | undefined) =>
  milliseconds(one) > milliseconds(other) || other == null ? one : other;

/** Klaviyo's times are UTC, also those without an offset. NaN for none. */
const milliseconds = (time: string | null | undefined): number =>
  Date.parse(time && !/(?:Z|[+-]\d\d:?\d\d)$/i.test(time) ? `${time}Z` : (time ?? ''));
