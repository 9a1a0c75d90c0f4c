import type { Buyer } from '../../handlers/orders/buyer.ts';
import type { EventGroup } from '../../klaviyo/bulk/account.ts';
import { Written } from '../../klaviyo/json.ts';
import type { Event } from '../../klaviyo/writes.ts';
import type { OrderContext } from '../../mappers/orders/context.ts';
import type { Refused } from './delivery.ts';
import { type Fact, keyOf } from './facts.ts';

/**
 * Returns the events of facts of one order, which travel together, with what the order may tell of its buyer. Each fact is there once,
 * although an order may name a payment twice: Klaviyo refuses a request with two events of one unique id.
 *
 * @param adjust returns what the merchant's extension makes of an event; undefined for none
 */
export function toGroup(
  facts: readonly Fact[],
  { profile, about }: Buyer,
  context: OrderContext,
  adjust: (event: Event) => Event | undefined = (event) => event,
): EventGroup {
  const unique = new Map(facts.map((fact) => [keyOf(fact), fact]));
  const events = [...unique.values()].flatMap((fact) => {
    const made = adjust(fact.toEvent(profile, context).event);
    if (!made) return [];
    const { profile: _, properties, ...event } = made;
    return { ...event, properties: new Written(properties) };
  });
  return { profile: { ...profile, ...about }, events };
}

/** Returns the facts that are in none of the groups that were made of them: the merchant's extension has dropped them. */
export function droppedOf(facts: readonly Fact[], groups: readonly EventGroup[]): Refused[] {
  const kept = new Set(groups.flatMap(({ events }) => events.map(keyOf)));
  return facts
    .filter((fact) => !kept.has(keyOf(fact)))
    .map(({ metric, uniqueId }) => ({ metric, uniqueId, reason: 'dropped' }));
}
