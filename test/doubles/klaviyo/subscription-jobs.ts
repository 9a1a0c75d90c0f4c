import * as z from 'zod';
import type { Answer } from '../http.ts';
import { invalid } from './errors.ts';
import { putOff } from './jobs.ts';
import { emailAddress, phone } from './profile-body.ts';
import { createProfile, holders, type Identity } from './profile-identity.ts';
import { type Call, type Route, readBody } from './route.ts';
import type { Channel, Profile, State } from './state.ts';
import { CHANNELS, subscribe, unsubscribe } from './subscriptions.ts';

const list = z.strictObject({ data: z.strictObject({ type: z.literal('list'), id: z.string().min(1) }) });
const relationships = z.strictObject({ list: list.optional() }).optional();

const person = <C extends z.ZodType>(marketing: C) => ({
  type: z.literal('profile'),
  attributes: z.strictObject({
    email: emailAddress,
    phone_number: phone,
    subscriptions: z.strictObject({
      email: z.strictObject({ marketing }).nullish(),
      sms: z.strictObject({ marketing }).nullish(),
    }),
  }),
});

const given = z.strictObject({
  consent: z.literal('SUBSCRIBED'),
  consented_at: z.iso.datetime({ offset: true }).nullish(),
});
const withdrawn = z.strictObject({ consent: z.literal('UNSUBSCRIBED') });

const createBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('profile-subscription-bulk-create-job'),
    attributes: z.strictObject({
      custom_source: z.string().nullish(),
      historical_import: z.boolean().nullish(),
      profiles: z.strictObject({
        data: z
          .array(z.strictObject({ ...person(given), id: z.string().nullish() }))
          .min(1)
          .max(1000),
      }),
    }),
    relationships,
  }),
});

const deleteBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('profile-subscription-bulk-delete-job'),
    attributes: z.strictObject({
      profiles: z.strictObject({
        data: z
          .array(z.strictObject(person(withdrawn)))
          .min(1)
          .max(100),
      }),
    }),
    relationships,
  }),
});

/** Klaviyo's operations on consents: checked at once, and done in a job. */
export const subscriptionJobRoutes: Route[] = [
  { method: 'POST', path: '/api/profile-subscription-bulk-create-jobs', answer: create },
  { method: 'POST', path: '/api/profile-subscription-bulk-delete-jobs', answer: remove },
];

function create(call: Call): Answer {
  const { attributes, relationships: related } = readBody(createBody, call).data;
  const { custom_source: source, historical_import: isHistorical = false, profiles } = attributes;
  const jobs = profiles.data.map(({ id, attributes: of }, index) => {
    const channels = channelsOf(of, index);
    for (const channel of channels)
      if (Boolean(of.subscriptions[channel]?.marketing.consented_at) !== Boolean(isHistorical))
        throw invalid('consented_at goes with historical_import, and with nothing else.', at(index));
    return { id, of, channels };
  });
  putOff(call, (state) => {
    for (const { id, of, channels } of jobs) {
      const profile = found(state, id, of);
      for (const channel of profile ? channels : []) {
        const decision = { channel, list: related?.list?.data.id, source };
        if (call.settings.doubleOptIn && !isHistorical)
          state.unconfirmed.push({ profile: profile as Profile, decision });
        else subscribe(state, profile as Profile, decision);
      }
    }
  });
  return { status: 202 };
}

function remove(call: Call): Answer {
  const { attributes, relationships: related } = readBody(deleteBody, call).data;
  const jobs = attributes.profiles.data.map(({ attributes: of }, index) => ({ of, channels: channelsOf(of, index) }));
  putOff(call, (state) => {
    for (const { of, channels } of jobs) {
      const profile = found(state, undefined, of);
      for (const channel of profile ? channels : [])
        unsubscribe(state, profile as Profile, { channel, list: related?.list?.data.id });
    }
  });
  return { status: 202 };
}

/** The profile by its id, else by what the channels write to; a new one when there is none. None for an unknown id. */
function found(state: State, id: string | null | undefined, identity: Identity): Profile | undefined {
  if (id) return state.profiles.get(id);
  const identifiers = { email: identity.email ?? null, phone_number: identity.phone_number ?? null };
  return holders(state, identifiers)[0] ?? createProfile(state, identifiers);
}

const at = (index: number) => `/data/attributes/profiles/data/${index}/attributes`;

type Told = Identity & { subscriptions: Partial<Record<Channel, unknown>> };

function channelsOf(told: Told, index: number): Channel[] {
  const channels = (Object.keys(CHANNELS) as Channel[]).filter((channel) => told.subscriptions[channel]);
  if (channels.length === 0) throw invalid('At least one channel is required.', `${at(index)}/subscriptions`);
  for (const channel of channels)
    if (!told[CHANNELS[channel]])
      throw invalid(`${CHANNELS[channel]} is required.`, `${at(index)}/${CHANNELS[channel]}`);
  return channels;
}
