import type { SubscriptionUpdateAction } from '@commercetools/platform-sdk';
import * as z from 'zod';
import type { Wanted } from './wanted.ts';

/** A subscription as commercetools has it, as far as it is read. */
export const subscription = z.looseObject({
  version: z.number(),
  destination: z.looseObject({ type: z.string() }),
  messages: z.array(z.looseObject({ resourceTypeId: z.string(), types: z.array(z.string()).default([]) })).default([]),
  changes: z.array(z.looseObject({ resourceTypeId: z.string() })).default([]),
  status: z.string().default('Healthy'),
});

/** What is read of a subscription. */
export type Subscription = z.output<typeof subscription>;

/**
 * Returns the updates that make a subscription the one that is wanted; none where it is. The destination of one that does not deliver
 * is set again, so that commercetools tries it.
 */
export function differences(current: Subscription, wanted: Wanted): SubscriptionUpdateAction[] {
  const { destination, messages, changes } = wanted;
  const isThere = Object.entries(destination).every(([name, value]) => current.destination[name] === value);
  return [
    ...(isThere && current.status === 'Healthy' ? [] : [{ action: 'changeDestination' as const, destination }]),
    ...(alike(current.messages.map(wordsOf), messages.map(wordsOf))
      ? []
      : [{ action: 'setMessages' as const, messages }]),
    ...(alike(current.changes.map(typeOf), changes.map(typeOf)) ? [] : [{ action: 'setChanges' as const, changes }]),
  ];
}

/** Which topic a destination is, in words, whatever else is set of it. */
export const placeOf = ({ type, projectId, topic, topicArn }: Record<string, unknown>): string =>
  [type, projectId, topic ?? topicArn].filter(Boolean).join(' ');

const typeOf = ({ resourceTypeId }: { resourceTypeId: string }) => resourceTypeId;
const wordsOf = ({ resourceTypeId, types }: { resourceTypeId: string; types: readonly string[] }) =>
  [resourceTypeId, ...[...types].sort()].join(' ');
const alike = (some: readonly string[], others: readonly string[]) =>
  [...some].sort().join() === [...others].sort().join();
