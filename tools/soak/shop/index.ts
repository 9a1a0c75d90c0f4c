import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { createCarts } from './carts.ts';
import { createCatalog } from './catalog.ts';
import { landmarks } from './landmarks.ts';
import { change } from './notifications.ts';
import { createOrders } from './orders.ts';
import { createPayments } from './payments.ts';
import { createPeople } from './people.ts';
import { ignored, poison } from './poison.ts';
import { createReturns } from './returns.ts';
import { createShipments } from './shipments.ts';
import type { ShopState } from './state.ts';

/**
 * A shop in which something happens each time that it is asked.
 *
 * @param options.poison how often a message comes that can never succeed; 12 is a customer's edit
 * @param options.isBesideHistory whether the shop has a past that is written meanwhile: nobody empties a field, whose message may be
 *   over before an older state is written, and no landmark is placed, which has a time of its own
 * @returns `next` makes one change of the state and gives its notifications, `finish` the last ones, and leaves nothing half done
 */
export function createTraffic(
  state: ShopState,
  random: Random,
  { poison: poisonWeight = 0.5, isBesideHistory = false }: { poison?: number; isBesideHistory?: boolean } = {},
): { next(): Change[]; finish(): Change[] } {
  const people = createPeople(state, random, { isEmptying: !isBesideHistory });
  const orders = createOrders(state, random, people);
  const payments = createPayments(state, random);
  const shipments = createShipments(state, random);
  const returns = createReturns(state, random);
  const carts = createCarts(state, random);
  const catalog = createCatalog(state, random);

  const leaving = [...state.leavers];
  function leaves(): Change[] {
    const id = leaving.pop();
    return id
      ? [{ kind: 'erasure', payload: { ...change('Deleted', 'customer', { id, version: 9 }), dataErasure: true } }]
      : [];
  }

  const weights: [number, () => Change[]][] = [
    [12, () => people.signUp()],
    [12, () => people.edit()],
    [3, () => people.exchange()],
    [6, leaves],
    [14, orders.place],
    [2, orders.adopt],
    [12, orders.move],
    [4, payments.pay],
    [4, payments.settleRefund],
    [6, shipments.ship],
    [5, shipments.arrive],
    [5, returns.request],
    [5, returns.receive],
    [4, carts.leave],
    [5, catalog.addCategory],
    [4, catalog.renameCategory],
    [1, catalog.moveCategory],
    [1, catalog.deleteCategory],
    [5, catalog.publish],
    [8, catalog.republish],
    [6, catalog.reprice],
    [6, catalog.price],
    [1, catalog.deletePrice],
    [3, catalog.unpublish],
    [1, catalog.deleteProduct],
    [12, catalog.stock],
    [2, catalog.deleteStock],
    [4, () => ignored(random)],
    [poisonWeight, () => poison(random)],
  ];
  const total = weights.reduce((sum, [weight]) => sum + weight, 0);

  function next(): Change[] {
    let at = random.next() * total;
    const chosen = weights.find(([weight]) => {
      at -= weight;
      return at < 0;
    });
    const changes = chosen?.[1]() ?? [];
    state.rememberBreadcrumbs();
    return changes;
  }

  function finish(): Change[] {
    payments.finish();
    const changes = [...(isBesideHistory ? [] : landmarks(state)), ...state.leavers.flatMap(leaves)];
    state.rememberBreadcrumbs();
    return changes;
  }

  return { next, finish };
}
