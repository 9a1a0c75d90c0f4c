import type { Settings } from '../../shared/config/settings.ts';
import { readExtension } from '../../shared/extension/installed.ts';
import { lanesWith } from '../../shared/extension/lanes.ts';
import { subscriptionsOf } from '../../shared/handlers/subscriptions.ts';
import type { Destination } from './destination.ts';

const lanes = lanesWith(readExtension());
const handlers = Object.values(lanes).flat();
const needs = subscriptionsOf(lanes);

/** A subscription as it is to be: https://docs.commercetools.com/api/projects/subscriptions#subscriptiondraft */
export interface Wanted {
  key: string;
  destination: Destination;
  messages: { resourceTypeId: string; types: string[] }[];
  changes: { resourceTypeId: string }[];
}

/** Returns the keys of all subscriptions that there may be. */
export const subscriptionKeys = (prefix: string): string[] => Object.keys(needs).map((typeId) => keyOf(prefix, typeId));

/**
 * Returns the subscriptions that the handlers need, one for each type of resource, and the keys of those that nobody needs, as all
 * handlers of their resource are switched off.
 */
export function wantedSubscriptions(
  settings: Pick<Settings, 'handlers'>,
  prefix: string,
  destination: Destination,
): { wanted: Wanted[]; unwanted: string[] } {
  const disabled: readonly string[] = settings.handlers.disabled;
  const isOn = (typeId: string) =>
    handlers.some(({ name, resource }) => resource === typeId && !disabled.includes(name));
  const on = Object.entries(needs).filter(([typeId]) => isOn(typeId));
  const wanted = on.map(([resourceTypeId, { messages, changes }]) => ({
    key: keyOf(prefix, resourceTypeId),
    destination,
    messages: messages.length > 0 ? [{ resourceTypeId, types: messages }] : [],
    changes: changes ? [{ resourceTypeId }] : [],
  }));
  const keys = wanted.map(({ key }) => key);
  return { wanted, unwanted: subscriptionKeys(prefix).filter((key) => !keys.includes(key)) };
}

const keyOf = (prefix: string, typeId: string) => `${prefix}-${typeId}`;
