import { ids } from '../../test/fixtures/ids.ts';
import { checkouts } from './describe.ts';
import { changed, type Scenario } from './scenario.ts';

const [lenas, guests] = [ids.cart(1), ids.cart(2)];
const TOLD = 'lena.brandt@example.org 408.9 EUR, mila.gast@example.org 119.95 EUR';

/** Carts are left alone, and a schedule ticks. */
export const cartScenarios: Scenario[] = [
  {
    fixture: 'Tick.cart',
    note: 'a customer and a guest left their carts; another cart is empty, and one was ordered',
    holds: checkouts(lenas, guests),
    expected: TOLD,
  },
  {
    fixture: 'Tick.cart',
    note: 'the same tick again: nothing doubles',
    holds: checkouts(lenas, guests),
    expected: TOLD,
  },
  {
    fixture: 'Tick.cart',
    note: 'both carts were ordered before it looked',
    before: async (world) => {
      for (const id of [lenas, guests]) await changed('cart', id, () => ({ cartState: 'Ordered' }))(world);
    },
    outcome: 'ignored',
    holds: checkouts(lenas, guests),
    expected: TOLD,
  },
];
