import type { Buyer } from '../../handlers/orders/buyer.ts';
import type { EventGroup } from '../../klaviyo/bulk/account.ts';
import type { OrderContext } from '../../mappers/orders/context.ts';
import type { Fact } from './facts.ts';

/**
 * Returns the events of facts of one order, which travel together, with what the order may tell of its buyer. Each fact is there once,
 * although an order may name a payment twice: Klaviyo refuses a request with two events of one unique id.
 */
export function toGroup(facts: readonly Fact[], { profile, about }: Buyer, context: OrderContext): EventGroup {
  const unique = new Map(facts.map((fact) => [JSON.stringify([fact.metric, fact.uniqueId]), fact]));
  const events = [...unique.values()].map((fact) => {
    const { profile: _, ...event } = fact.toEvent(profile, context).event;
    return event;
  });
  return { profile: { ...profile, ...about }, events };
}
