import { EventEnum, type EventsApi } from 'klaviyo-api';
import { currentAttempt, warn, withoutWaiting } from '../../attempt.ts';
import type { Settings } from '../../config/settings.ts';
import { PermanentError, StalePlanError } from '../../errors.ts';
import { createLimit } from '../../http/limit.ts';
import { Written } from '../json.ts';
import type { Event } from '../writes.ts';
import { eventAttributes, profileData } from './event-body.ts';
import { bulkEvents } from './event-bulk.ts';

/** Klaviyo's longest window, in milliseconds: a refusal older than that says nothing of now. */
const WINDOW = 60_000;

/**
 * Writes events; Klaviyo keeps the first of those with the same metric, profile and unique id. An event goes by itself while
 * Klaviyo takes single ones, and with others when their limit is reached: bulk has a limit of its own.
 */
export function eventWriter(api: EventsApi, { bulk }: Settings['events']) {
  const limit = createLimit();
  const sendInBulk = bulkEvents(api);
  let underWay = 0;
  /** How many single calls may be under way: all at first, one after a refusal, and one more each time that so many were taken. */
  let room = Number.POSITIVE_INFINITY;
  let refusedAt = 0;

  async function sendSingle({ profile, ...event }: Event): Promise<void> {
    underWay++;
    try {
      const attributes = { ...eventAttributes(event), profile: profileData(profile) };
      const { response } = await api.createEvent({ data: { type: EventEnum.Event, attributes } });
      limit.read(response.headers, underWay - 1);
      room += 1 / room;
    } finally {
      underWay--;
    }
    currentAttempt().events.single++;
  }

  function isOpen(): boolean {
    if (performance.now() - refusedAt > WINDOW) room = Number.POSITIVE_INFINITY;
    return limit.wait() === 0 && underWay < room;
  }

  /** Returns whether Klaviyo took the event by itself; false when that has to wait. */
  async function isSentSingly(event: Event): Promise<boolean> {
    if (!isOpen()) return false;
    try {
      await withoutWaiting(() => sendSingle(event));
      return true;
    } catch (error) {
      if (!limit.isReached(error)) throw error;
      room = 1;
      refusedAt = performance.now();
      return false;
    }
  }

  /** Returns whether Klaviyo took the event in bulk; false when it has to be tried by itself. */
  async function isSentInBulk({ profile, properties, ...event }: Event): Promise<boolean> {
    try {
      await sendInBulk({ profile, events: [{ ...event, properties: new Written(properties) }] });
    } catch (error) {
      if (error instanceof PermanentError) return false;
      throw error;
    }
    currentAttempt().events.bulk++;
    return true;
  }

  async function send(event: Event, isOneOfMany: boolean): Promise<void> {
    if (bulk === 'never') return sendSingle(event);
    // What is refused in bulk has its verdict by itself.
    const isSent = (!isOneOfMany && (await isSentSingly(event))) || (await isSentInBulk(event));
    if (!isSent) await sendSingle(event);
  }

  /** Throws the refusal where nothing but the e-mail tells whose event it is, unless it is one of many. */
  async function createWithoutEmail(event: Event, refusal: PermanentError, isOneOfMany: boolean): Promise<void> {
    if (event.profile.externalId) {
      warn('Klaviyo refused the e-mail of the order; the event is the customer’s by id');
      return send({ ...event, profile: { ...event.profile, email: undefined } }, isOneOfMany);
    }
    if (!isOneOfMany) throw refusal;
    warn('Klaviyo refused the e-mail of a guest, so the event is nobody’s');
  }

  return {
    /**
     * Creates an event. An e-mail that Klaviyo refuses is left out, with a warning, where the customer's id tells whose event it is.
     *
     * @param isOneOfMany see `Write`
     * @throws StalePlanError when the identifiers have become two profiles' since the plan was made
     */
    async create(event: Event, isOneOfMany = false): Promise<void> {
      try {
        await send(event, isOneOfMany);
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        if (error.status === 409) throw new StalePlanError('the customer has two profiles in Klaviyo');
        if (error.status !== 400 || !isAboutEmail(error)) throw error;
        await createWithoutEmail(event, error, isOneOfMany);
      }
    },
  };
}

/** Returns whether it is the e-mail of the profile that Klaviyo refused. */
export const isAboutEmail = ({ pointer = '' }: PermanentError): boolean => pointer.endsWith('/email');
