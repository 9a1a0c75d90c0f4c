import pMap from 'p-map';
import { PermanentError, SyncError } from '../../errors.ts';
import type { EventGroup, GroupedEvent } from '../../klaviyo/bulk/account.ts';
import { isAboutEmail } from '../../klaviyo/writers/events.ts';
import type { Event, ProfileReference } from '../../klaviyo/writes.ts';
import type { History, Reason } from '../history.ts';

/** Live traffic needs the same quota. */
const CONCURRENCY = 4;

/** An event that Klaviyo refused, and why, where that is as it should be. */
export interface Refused extends Pick<Event, 'metric' | 'uniqueId'> {
  reason: Reason | undefined;
}

/** The ways of events to Klaviyo. Both return the events that Klaviyo refused. */
export interface Delivery {
  /** Sends groups in requests with others; each event of a group that is refused goes by itself. */
  inBulk(groups: readonly EventGroup[]): Promise<Refused[]>;
  /** Sends each event by itself, as live traffic does. The first that Klaviyo takes tells of the buyer. */
  singly(groups: readonly EventGroup[]): Promise<Refused[]>;
}

/** Returns the ways of events to Klaviyo. */
export function createDelivery({ account, live, patience }: History): Delivery {
  async function isTaken(group: EventGroup): Promise<boolean> {
    try {
      await account.sendEvents(group);
      return true;
    } catch (error) {
      if (error instanceof PermanentError) return false;
      throw error;
    }
  }

  /** Returns the refusal, if it is refused. */
  async function send(event: Event): Promise<SyncError | undefined> {
    try {
      await patience.persist(() => live.apply([{ kind: 'createEvent', event, trimmed: [] }]));
      return undefined;
    } catch (error) {
      if (error instanceof SyncError && error.retry === 'never') return error;
      throw error;
    }
  }

  /** Sends an event with what it tells of the buyer; without, if Klaviyo refuses it so. Returns the refusal, if it is refused. */
  async function sendTelling(
    event: Omit<Event, 'profile'>,
    whose: ProfileReference,
    about: Partial<ProfileReference>,
  ): Promise<SyncError | undefined> {
    const refusal = await send({ ...event, profile: { ...whose, ...about } });
    return refusal && !isEmpty(about) ? send({ ...event, profile: whose }) : refusal;
  }

  async function sendEach({ profile: { externalId, email, ...about }, events }: EventGroup): Promise<Refused[]> {
    const refused: Refused[] = [];
    let untold: Partial<ProfileReference> = about;
    for (const event of events.map(read)) {
      const refusal = await sendTelling(event, { externalId, email }, untold);
      if (!refusal) untold = {};
      // What does not tell whose the event is, does not tell it of the others either.
      if (refusal instanceof PermanentError && isAboutEmail(refusal))
        return events.map(({ metric, uniqueId }) => ({ metric, uniqueId, reason: 'refused' }));
      if (refusal) refused.push({ metric: event.metric, uniqueId: event.uniqueId, reason: undefined });
    }
    return refused;
  }

  const singly = async (groups: readonly EventGroup[]): Promise<Refused[]> =>
    (await pMap(groups, sendEach, { concurrency: CONCURRENCY })).flat();

  return {
    singly,
    async inBulk(groups) {
      const taken = await Promise.all(groups.map(isTaken));
      return singly(groups.filter((_, index) => !taken[index]));
    },
  };
}

const read = ({ properties, ...event }: GroupedEvent) => ({ ...event, properties: properties.read() });

const isEmpty = (about: object): boolean => Object.values(about).every((value) => value === undefined);
