import * as z from 'zod';
import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { read } from '../answers.ts';
import type { Lab } from '../lab.ts';
import type { Attributes } from './profiles.ts';

/** A channel of marketing that we sync. */
export type Channel = 'email' | 'sms';

const text = z.string().nullish();

const marketing = z.looseObject({
  consent: text,
  method: text,
  method_detail: text,
  custom_method_detail: text,
  consent_timestamp: text,
  last_updated: text,
});

const channel = z.looseObject({ marketing: marketing.nullish() }).nullish();

const shown = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({ subscriptions: z.looseObject({ email: channel, sms: channel }).nullish() }),
  }),
});

/** What Klaviyo shows of a channel. */
export type Marketing = z.output<typeof marketing>;

/** Returns what Klaviyo shows of a channel of a profile; empty for nothing. */
export async function marketingOf({ klaviyo }: Lab, profileId: string, of: Channel): Promise<Marketing> {
  const query = { 'additional-fields[profile]': 'subscriptions', 'fields[profile]': 'subscriptions' };
  const answer = await klaviyo({ method: 'GET', path: `/api/profiles/${profileId}`, query });
  return read(shown, answer).data.attributes.subscriptions?.[of]?.marketing ?? {};
}

/** Waits for a channel to have a consent, and returns what Klaviyo shows then; undefined when it does not come to that. */
export const awaitConsent = (
  lab: Lab,
  profileId: string,
  of: Channel,
  consent: string,
): Promise<Marketing | undefined> =>
  lab.until(async () => {
    const found = await marketingOf(lab, profileId, of);
    return found.consent === consent ? found : undefined;
  });

const ask = (
  { klaviyo }: Lab,
  how: 'create' | 'delete',
  address: Attributes,
  subscriptions: Attributes,
  more: Attributes = {},
): Promise<RawAnswer> => {
  const type = `profile-subscription-bulk-${how}-job`;
  const data = [{ type: 'profile', attributes: { ...address, subscriptions } }];
  const body = { data: { type, attributes: { ...more, profiles: { data } } } };
  return klaviyo({ method: 'POST', path: `/api/${type}s`, body });
};

/** Asks for an address to be subscribed. */
export const subscribe = (lab: Lab, of: Channel, address: Attributes, more?: Attributes): Promise<RawAnswer> =>
  ask(lab, 'create', address, { [of]: { marketing: { consent: 'SUBSCRIBED' } } }, more);

/** Asks for an address to be unsubscribed, from everything. */
export const unsubscribe = (lab: Lab, of: Channel, address: Attributes): Promise<RawAnswer> =>
  ask(lab, 'delete', address, { [of]: { marketing: { consent: 'UNSUBSCRIBED' } } });
