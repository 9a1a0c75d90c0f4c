import type { Channel } from '../config/settings/consent.ts';
import type { Write } from '../klaviyo/writes.ts';
import { isRecent, toConsent } from '../mappers/consent.ts';
import type { PlanContext } from './handler.ts';

/**
 * Returns the write of a consent that was given; none, with a warning, where there is no phone number to subscribe, or where the
 * message is too old to subscribe anybody.
 *
 * @param time when the consent was given, ISO 8601
 */
export function subscription(
  channel: Channel,
  person: Parameters<typeof toConsent>[1],
  time: string,
  { settings, warn }: PlanContext,
): Write[] {
  if (!isRecent(time, Date.now(), settings)) {
    warn(`an old message subscribes nobody (${channel}): see consent.withinHours`);
    return [];
  }
  const consent = toConsent(channel, person, time, settings);
  if (!consent) warn('the consent to SMS has no phone number that can be one');
  return consent ? [{ kind: 'subscribe', ...consent }] : [];
}
