import * as z from 'zod';
import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { read } from '../answers.ts';
import type { Lab } from '../lab.ts';
import type { Attributes } from './profiles.ts';

/** The one metric of all events of all runs, as Klaviyo has no way to delete a metric. */
export const METRIC = 'Probe of commercetools-klaviyo-sync';

/** Returns a unique id. */
export const newId = (): string => crypto.randomUUID();

/** An event as an experiment tells it. */
export interface NewEvent {
  /** Tells the event from others when it is read back. */
  mark: string;
  unique_id?: string;
  /** ISO 8601. */
  time?: string;
  /** Major units. */
  value?: number;
  value_currency?: string;
  properties?: Attributes;
}

/** An event as it is read back. */
export interface StoredEvent {
  id: string;
  mark: unknown;
  /** Seconds since the epoch. */
  timestamp: number;
  properties: Attributes;
}

const metric = { data: { type: 'metric', attributes: { name: METRIC } } };

const attributesOf = ({ mark, properties, ...event }: NewEvent) => ({
  ...event,
  properties: { ...properties, mark },
  metric,
});

const ownerOf = (attributes: Attributes) => ({ data: { type: 'profile', attributes } });

/** Sends an event by itself. */
export const track = ({ klaviyo }: Lab, owner: Attributes, event: NewEvent): Promise<RawAnswer> =>
  klaviyo({
    method: 'POST',
    path: '/api/events',
    body: { data: { type: 'event', attributes: { ...attributesOf(event), profile: ownerOf(owner) } } },
  });

/** One profile and some of its events, as they travel in bulk. */
export interface Entry {
  owner: Attributes;
  events: readonly NewEvent[];
}

/** Sends events in bulk. */
export function trackMany({ klaviyo }: Lab, entries: readonly Entry[], isGzipped = false): Promise<RawAnswer> {
  const data = entries.map(({ owner, events }) => ({
    type: 'event-bulk-create',
    attributes: {
      profile: ownerOf(owner),
      events: { data: events.map((event) => ({ type: 'event', attributes: attributesOf(event) })) },
    },
  }));
  const attributes = { 'events-bulk-create': { data } };
  const body = { data: { type: 'event-bulk-create-job', attributes } };
  return klaviyo({ method: 'POST', path: '/api/event-bulk-create-jobs', body, isGzipped });
}

const listed = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string(),
      attributes: z.looseObject({ timestamp: z.number(), event_properties: z.record(z.string(), z.unknown()) }),
    }),
  ),
});

/** Returns the events of a profile, by Klaviyo's id; at most 200. */
export async function eventsOf({ klaviyo }: Lab, profileId: string): Promise<StoredEvent[]> {
  const query = { filter: `equals(profile_id,"${profileId}")`, 'page[size]': '200' };
  const { data } = read(listed, await klaviyo({ method: 'GET', path: '/api/events', query }));
  return data.map(({ id, attributes: { timestamp, event_properties: properties } }) => {
    return { id, mark: properties.mark, timestamp, properties };
  });
}

/** Waits for an event of a profile, and returns the event. */
export const awaitEvent = (lab: Lab, profileId: string, mark: string): Promise<StoredEvent> =>
  lab.awaited('an event', async () => (await eventsOf(lab, profileId)).find((event) => event.mark === mark));

/** Waits until a later event of the profile is there and what else is under way has had its time; returns the marks of all others. */
export async function marksOf(lab: Lab, profileId: string, owner: Attributes): Promise<string[]> {
  const last = 'last';
  const answer = await track(lab, owner, { mark: last, unique_id: newId() });
  if (answer.status < 300) await awaitEvent(lab, profileId, last);
  await lab.settle();
  const events = await eventsOf(lab, profileId);
  return events.map(({ mark }) => String(mark)).filter((mark) => mark !== last);
}
