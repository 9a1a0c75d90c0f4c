import type { EventsApi } from 'klaviyo-api';
import * as z from 'zod';
import { eachPage, pageOf } from '../writers/answers.ts';
import { BULK_PER_SECOND, bulkEvents } from '../writers/event-bulk.ts';
import type { Account, EventKey, ShownProfile } from './account.ts';
import type { Endpoints } from './endpoints.ts';
import { happened } from './times.ts';

const PER_SECOND = 350;
/** Events a page: as many as Klaviyo shows, and fewer where each may be of 30 KB. */
const PAGES = { timed: 1000, whole: 200 };
const SLOTS = 3;
/** Milliseconds. */
const SECOND = 1000;
/** Milliseconds: longer than the shop takes to answer with more orders. */
const LINGER = 1000;

const timestamp = z.number().nullish();
const timed = pageOf(z.looseObject({ attributes: z.looseObject({ timestamp }) }));
const whole = pageOf(
  z.looseObject({
    attributes: z.looseObject({ timestamp, event_properties: z.record(z.string(), z.unknown()).nullish() }),
  }),
);

/** An event of a list with its properties. */
type WholeEvent = z.output<typeof whole>['data'][number];

/** Finds a profile by whatever identifier there is. */
type FindProfile = (profile: EventKey['profile']) => Promise<Pick<ShownProfile, 'id'> | undefined>;

/** Reads events and sends them. */
export function eventsInBulk(
  events: EventsApi,
  { ours }: Endpoints,
  find: FindProfile,
): Pick<Account, 'seconds' | 'uniqueIds' | 'hasEvent' | 'sendEvents'> {
  const list = ours(PER_SECOND);
  const send = ours(BULK_PER_SECOND);
  const sort = 'timestamp';

  const wholePages = (...conditions: string[]) =>
    eachPage((pageCursor) =>
      list(
        () =>
          events.getEvents({
            filter: conditions.join(),
            fieldsEvent: ['timestamp', 'event_properties'],
            ...{ pageSize: PAGES.whole, sort, pageCursor },
          }),
        whole,
      ),
    );

  async function isAmong(uniqueId: string, ...conditions: string[]): Promise<boolean> {
    for await (const page of wholePages(...conditions))
      if (page.some((event) => uniqueIdOf(event) === uniqueId)) return true;
    return false;
  }

  return {
    async *seconds(metricId, from, until) {
      const filter = [isOf(metricId), ...happened(from, until)].join();
      const pages = eachPage((pageCursor) =>
        list(
          () => events.getEvents({ filter, fieldsEvent: ['timestamp'], pageSize: PAGES.timed, sort, pageCursor }),
          timed,
        ),
      );
      for await (const page of pages) yield page.flatMap(({ attributes }) => attributes.timestamp ?? []);
    },

    async *uniqueIds(metricId, from, until) {
      for await (const page of wholePages(isOf(metricId), ...happened(from, until)))
        yield page.flatMap((event) => uniqueIdOf(event) ?? []);
    },

    async hasEvent({ metricId, profile, uniqueId, time }) {
      // Whose the event is may have changed since: a guest's e-mail, or a customer to whom an order was given.
      if (time && (await isAmong(uniqueId, isOf(metricId), ...happened(Date.parse(time), Date.parse(time) + SECOND))))
        return true;
      const owner = await find(profile);
      if (!owner) return false;
      for await (const page of wholePages(isOf(metricId), `equals(profile_id,${JSON.stringify(owner.id)})`))
        if (page.some((event) => uniqueIdOf(event) === uniqueId || (time && isAt(event, time)))) return true;
      return false;
    },

    sendEvents: bulkEvents(events, {
      slots: SLOTS,
      apart: 1,
      lingers: LINGER,
      persists: true,
      make: (request) => send(request, z.unknown()),
    }),
  };
}

const isOf = (metricId: string): string => `equals(metric_id,${JSON.stringify(metricId)})`;

/**
 * Returns the unique id of an event; undefined where Klaviyo shows none. That Klaviyo shows it as the property `$event_id` is not
 * documented. If not, the `id` that properties have of commercetools is the same of all events but a second refund.
 */
function uniqueIdOf({ attributes }: WholeEvent): string | undefined {
  const { $event_id, id } = attributes.event_properties ?? {};
  return [$event_id, id].find((one) => typeof one === 'string');
}

/** Returns whether it is only the time that tells an event, and the event happened then. Klaviyo keeps whole seconds. */
const isAt = ({ attributes }: WholeEvent, time: string): boolean =>
  typeof attributes.event_properties?.$event_id !== 'string' &&
  attributes.timestamp === Math.floor(Date.parse(time) / 1000);
