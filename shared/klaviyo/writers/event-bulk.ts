import { EventBulkCreateEnum, EventBulkCreateJobEnum, EventEnum, type EventsApi } from 'klaviyo-api';
import { currentAttempt } from '../../attempt.ts';
import { gather } from '../../http/gather.ts';
import type { Gathering } from '../../http/gathering.ts';
import { createLimit } from '../../http/limit.ts';
import type { EventGroup } from '../bulk/account.ts';
import { positionsOf } from './answers.ts';
import { eventAttributes, profileData } from './event-body.ts';

/** The most events, and bytes, of a request: Klaviyo takes 1000 and 5 MB, https://developers.klaviyo.com/en/reference/bulk_create_events */
export const EVENTS_A_REQUEST = { items: 1000, weight: 4_900_000 };
/** Bytes of an entry beyond its profile and its events, and of an event in it beyond what we call an event. */
const FRAMES = { entry: 130, event: 140 };
/** Klaviyo takes 23 to 35 single calls in the time of a bulk request: a few events get their verdicts faster one by one. */
const APART = 20;

/** Calls a second that Klaviyo takes. */
export const BULK_PER_SECOND = 10;

/** How requests are made. */
interface Travel extends Pick<Gathering<EventGroup, void>, 'slots' | 'apart' | 'limit' | 'lingers' | 'persists'> {
  make(request: () => ReturnType<EventsApi['bulkCreateEvents']>): Promise<unknown>;
}

/** How live traffic travels: as soon as Klaviyo takes it. */
function atOnce(): Travel {
  const limit = createLimit({ perSecond: BULK_PER_SECOND });
  return {
    slots: 2,
    apart: APART,
    limit,
    make: async (request) => limit.read((await request()).response.headers),
  };
}

/**
 * Returns the function that sends the events of a profile in one request with those of others. They are one entry of the request, so
 * that Klaviyo's pointers name groups. Of two groups with events that Klaviyo would take for one the second waits, as it would be
 * refused beside the first. A group that no request takes goes by halves, of which one may be recorded and the other refused.
 *
 * The function throws PermanentError when Klaviyo refuses this group, or does not say which of those left it refuses.
 */
export function bulkEvents(api: EventsApi, travel = atOnce()): (group: EventGroup) => Promise<void> {
  const { make, ...how } = travel;
  const send = gather<Weighed, void>({
    ...how,
    most: EVENTS_A_REQUEST,
    weigh: ({ bytes }) => bytes,
    count: ({ events }) => events.length,
    namesOf,
    blamed: ({ pointers }) => positionsOf(pointers),
    async send(groups) {
      const data = groups.map(toEntry);
      await make(() =>
        api.bulkCreateEvents({
          data: { type: EventBulkCreateJobEnum.EventBulkCreateJob, attributes: { eventsBulkCreate: { data } } },
        }),
      );
      currentAttempt().events.bulkRequests++;
      return [];
    },
  });
  return async (group) => {
    await Promise.all(portionsOf(group).map(send));
  };
}

interface Weighed extends EventGroup {
  bytes: number;
}

/** Returns a group as it is if a request takes it, otherwise by halves, down to single events. */
function portionsOf({ profile, events }: EventGroup): Weighed[] {
  const others = events.map(({ properties: _, ...event }) => event);
  const bytes = events.reduce(
    (sum, { properties }) => sum + properties.bytes.length + FRAMES.event,
    Buffer.byteLength(JSON.stringify({ profile, others })) + FRAMES.entry,
  );
  if (events.length === 1 || (events.length <= EVENTS_A_REQUEST.items && bytes <= EVENTS_A_REQUEST.weight))
    return [{ profile, events, bytes }];
  const middle = Math.ceil(events.length / 2);
  return [events.slice(0, middle), events.slice(middle)].flatMap((half) => portionsOf({ profile, events: half }));
}

/** What Klaviyo recognizes events by. */
function namesOf({ profile, events }: EventGroup): string[] {
  const whose = profile.externalId ?? profile.email?.toLowerCase();
  return events.map(({ metric, uniqueId }) => JSON.stringify([metric, uniqueId, whose]));
}

const toEntry = ({ profile, events }: EventGroup) => ({
  type: EventBulkCreateEnum.EventBulkCreate,
  attributes: {
    profile: profileData(profile),
    events: { data: events.map((event) => ({ type: EventEnum.Event, attributes: eventAttributes(event) })) },
  },
});
