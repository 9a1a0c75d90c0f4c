import { EventEnum, type EventsApi, MetricEnum, ProfileEnum } from 'klaviyo-api';
import type { Event } from '../writes.ts';

/** Writes events; Klaviyo keeps the first of those with the same metric, profile and unique id. */
export const eventWriter = (api: EventsApi) => ({
  async create({ metric, profile, time, ...attributes }: Event): Promise<void> {
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
  },
});
