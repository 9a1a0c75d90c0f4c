import type { PaidOrder } from '../commercetools/readers/orders.ts';
import type { Settings } from '../config/settings.ts';
import type { Volume } from './estimate.ts';
import { factsOf, type Window } from './orders/facts.ts';

/** Returns what some orders amount to on average, without what their products are read for. */
export function weightOf(
  orders: readonly PaidOrder[],
  { settings, options }: { settings: Settings; options: Window },
): Volume['order'] {
  const context = { settings, breadcrumbs: new Map<string, string[]>(), discountCodes: [], historyEnds: options.until };
  const events = orders.map((paid) => factsOf(paid, settings, options).map((fact) => fact.toEvent({}, context)));
  const averageOf = (measure: (some: (typeof events)[number]) => number) =>
    events.reduce((sum, some) => sum + measure(some), 0) / orders.length;
  return {
    events: averageOf(({ length }) => length),
    bytes: averageOf((some) => Buffer.byteLength(JSON.stringify(some))),
  };
}
