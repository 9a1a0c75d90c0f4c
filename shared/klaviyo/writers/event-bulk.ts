import { EventBulkCreateEnum, EventBulkCreateJobEnum, EventEnum, type EventsApi } from 'klaviyo-api';
import { currentAttempt } from '../../attempt.ts';
import { gather } from '../../http/gather.ts';
import { createLimit } from '../../http/limit.ts';
import type { Event } from '../writes.ts';
import { eventAttributes, profileData } from './event-body.ts';

/** Klaviyo takes 1000 events and 5 MB in a request: https://developers.klaviyo.com/en/reference/bulk_create_events */
const MOST = { items: 1000, weight: 4_600_000 };
/** Bytes of an entry beyond its event. */
const FRAME = 250;
const PER_SECOND = 10;
const SLOTS = 2;
/** Klaviyo takes 23 to 35 single calls in the time of a bulk request: a few events get their verdicts faster one by one. */
const APART = 20;

const ENTRY = /^\/data\/attributes\/events-bulk-create\/data\/(\d+)(\/|$)/;

/**
 * Returns the function that sends an event in one request with others. An entry of the request is one event, so that Klaviyo's
 * pointers name events. Of two events that Klaviyo would take for one the second waits, as it would be refused beside the first.
 *
 * The function throws PermanentError when Klaviyo refuses this event, or does not say which of those left it refuses.
 */
export function bulkEvents(api: EventsApi): (event: Event) => Promise<void> {
  const limit = createLimit({ perSecond: PER_SECOND });
  return gather<Event, void>({
    slots: SLOTS,
    most: MOST,
    limit,
    weigh: (event) => Buffer.byteLength(JSON.stringify(event)) + FRAME,
    nameOf: ({ metric, uniqueId, profile }) =>
      JSON.stringify([metric, uniqueId, profile.externalId ?? profile.email?.toLowerCase()]),
    apart: APART,
    blamed: ({ pointers }) => pointers.flatMap((pointer) => ENTRY.exec(pointer)?.[1] ?? []).map(Number),
    async send(events) {
      const data = events.map(({ profile, ...event }) => ({
        type: EventBulkCreateEnum.EventBulkCreate,
        attributes: {
          profile: profileData(profile),
          events: { data: [{ type: EventEnum.Event, attributes: eventAttributes(event) }] },
        },
      }));
      const { response } = await api.bulkCreateEvents({
        data: { type: EventBulkCreateJobEnum.EventBulkCreateJob, attributes: { eventsBulkCreate: { data } } },
      });
      limit.read(response.headers);
      currentAttempt().events.bulkRequests++;
      return [];
    },
  });
}
