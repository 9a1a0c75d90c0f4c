import { EventEnum, type EventsApi, MetricEnum, ProfileEnum } from 'klaviyo-api';
import { warn } from '../../attempt.ts';
import { PermanentError, StalePlanError } from '../../errors.ts';
import type { Event, ProfileReference } from '../writes.ts';

/** Writes events; Klaviyo keeps the first of those with the same metric, profile and unique id. */
export function eventWriter(api: EventsApi) {
  async function post({ metric, time, ...attributes }: Omit<Event, 'profile'>, profile: ProfileReference) {
    await api.createEvent({
      data: {
        type: EventEnum.Event,
        attributes: {
          ...attributes,
          time: new Date(time),
          metric: { data: { type: MetricEnum.Metric, attributes: { name: metric } } },
          profile: { data: { type: ProfileEnum.Profile, attributes: profile } },
        },
      },
    });
  }

  return {
    /**
     * Creates an event. An e-mail that Klaviyo refuses is left out, with a warning, where the customer's id tells whose event it is.
     *
     * @throws StalePlanError when the identifiers have become two profiles' since the plan was made
     */
    async create({ profile, ...event }: Event): Promise<void> {
      try {
        await post(event, profile);
      } catch (error) {
        if (!(error instanceof PermanentError)) throw error;
        if (error.status === 409) throw new StalePlanError('the customer has two profiles in Klaviyo');
        if (error.status !== 400 || !profile.externalId || !isAboutEmail(error)) throw error;
        warn('Klaviyo refused the e-mail of the order; the event is the customer’s by id');
        await post(event, { ...profile, email: undefined });
      }
    },
  };
}

const isAboutEmail = ({ pointer = '' }: PermanentError): boolean => pointer.endsWith('/email');
