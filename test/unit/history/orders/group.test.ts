import { expect, it } from 'vitest';
import { factsOf } from '../../../../shared/history/orders/facts.ts';
import { toGroup } from '../../../../shared/history/orders/group.ts';
import { order } from '../../factories.ts';
import { settings } from '../../support.ts';

const WINDOW = { since: undefined, until: Date.parse('2026-07-01') };
const context = {
  settings: settings(),
  breadcrumbs: new Map(),
  discountCodes: [],
  historyEnds: Number.POSITIVE_INFINITY,
};
const buyer = { profile: { email: 'noor.gast@example.org' }, about: { firstName: 'Noor' }, before: [] };

it('the events of an order are of one profile, which is told what the order knows, and all are history', () => {
  const facts = factsOf({ order: order({ orderState: 'Complete' }), payments: [] }, settings(), WINDOW);
  const { profile, events } = toGroup(facts, buyer, context);
  expect(profile).toEqual({ email: 'noor.gast@example.org', firstName: 'Noor' });
  expect(events.map(({ metric, backfill }) => [metric, backfill])).toEqual([
    ['Placed Order', true],
    ['Ordered Product', true],
    ['Fulfilled Order', true],
  ]);
  for (const event of events) expect(event).not.toHaveProperty('profile');
});

it('a fact that is named twice is one event', () => {
  const facts = factsOf({ order: order(), payments: [] }, settings(), WINDOW);
  expect(toGroup([...facts, ...facts], buyer, context).events).toHaveLength(2);
});
