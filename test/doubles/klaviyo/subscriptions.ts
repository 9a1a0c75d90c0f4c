import type { Channel, Marketing, Profile, State, Subscriptions } from './state.ts';

/** The channels of marketing that the stand-in knows, each with the identifier that it writes to. */
export const CHANNELS = { email: 'email', sms: 'phone_number' } as const satisfies Record<Channel, keyof Profile>;

/** What subscribing lifts: https://developers.klaviyo.com/en/reference/bulk_subscribe_profiles */
const LIFTED = ['UNSUBSCRIBE', 'SPAM_COMPLAINT', 'USER_SUPPRESSED'];

const never = (): Marketing => ({
  consent: 'NEVER_SUBSCRIBED',
  consent_timestamp: null,
  last_updated: null,
  method: null,
  method_detail: '',
  custom_method_detail: null,
  double_optin: null,
  suppression: [],
  list_suppressions: [],
});

/** The consents of a profile; of one that never gave any those of nobody. */
export const subscriptionsOf = ({ subscriptions }: State, { id }: Profile): Subscriptions =>
  subscriptions.get(id) ?? { email: never(), sms: never() };

/** What Klaviyo shows of them: `additional-fields[profile]=subscriptions`. */
export function shownSubscriptions(state: State, profile: Profile): Record<string, unknown> {
  const { email, sms } = subscriptionsOf(state, profile);
  const { custom_method_detail, double_optin, suppression, list_suppressions, ...shown } = sms;
  return {
    email: { marketing: { can_receive_email_marketing: email.suppression.length === 0, ...email } },
    sms: { marketing: { can_receive_sms_marketing: sms.consent === 'SUBSCRIBED', ...shown } },
    mobile_push: null,
    whatsapp: null,
  };
}

/** A decision about marketing, through the API or by the person. */
interface Decision {
  channel: Channel;
  /** Id of a list. */
  list?: string | undefined;
  /** What is kept as the source of a consent. */
  source?: string | null | undefined;
  method?: string;
  isDoubleOptIn?: boolean;
}

/** Subscribes a profile, puts it on the list, and lifts its suppressions but for those that say that mail does not arrive. */
export function subscribe(state: State, profile: Profile, { channel, list, source, ...how }: Decision): void {
  const { method = 'API', isDoubleOptIn = false } = how;
  const now = state.stamp();
  change(state, profile, channel, (before) => ({
    ...{ consent: 'SUBSCRIBED', consent_timestamp: now, last_updated: now, method, double_optin: isDoubleOptIn },
    // Of SMS Klaviyo shows one detail only.
    ...(channel === 'sms' ? { method_detail: source ?? '' } : { custom_method_detail: source ?? null }),
    suppression: before.suppression.filter(({ reason }) => !LIFTED.includes(reason)),
    list_suppressions: before.list_suppressions.filter(({ list_id }) => list_id !== list),
  }));
  if (list) state.lists.set(list, new Set([...(state.lists.get(list) ?? []), profile.id]));
}

/** Takes a profile off a list; off everything where no list is given or the profile is not on it. */
export function unsubscribe(state: State, profile: Profile, { channel, list, method = 'API' }: Decision): void {
  const timestamp = state.stamp();
  const reason = 'UNSUBSCRIBE';
  if (list && state.lists.get(list)?.delete(profile.id)) {
    const suppressed = { list_id: list, reason, timestamp };
    change(state, profile, channel, ({ list_suppressions }) => ({
      ...{ last_updated: timestamp, list_suppressions: [...list_suppressions, suppressed] },
    }));
    return;
  }
  change(state, profile, channel, ({ suppression }) => ({
    ...{ consent: 'UNSUBSCRIBED', consent_timestamp: timestamp, last_updated: timestamp, method },
    suppression: channel === 'email' ? [...suppression, { reason, timestamp }] : [],
  }));
  for (const members of state.lists.values()) members.delete(profile.id);
}

function change(state: State, profile: Profile, channel: Channel, to: (before: Marketing) => Partial<Marketing>): void {
  const before = subscriptionsOf(state, profile);
  state.subscriptions.set(profile.id, { ...before, [channel]: { ...before[channel], ...to(before[channel]) } });
}
