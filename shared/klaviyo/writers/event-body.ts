import { MetricEnum, ProfileEnum } from 'klaviyo-api';
import type { GroupedEvent } from '../bulk/account.ts';
import type { Event, ProfileReference } from '../writes.ts';

/** Returns whose event it is, as both ways of an event spell it. */
export const profileData = (attributes: ProfileReference) => ({ data: { type: ProfileEnum.Profile, attributes } });

/** Returns the attributes of an event but for its profile, as both ways of an event spell them. */
export const eventAttributes = ({ metric, time, ...attributes }: Omit<Event, 'profile'> | GroupedEvent) => ({
  ...attributes,
  time: new Date(time),
  metric: { data: { type: MetricEnum.Metric, attributes: { name: metric } } },
});
