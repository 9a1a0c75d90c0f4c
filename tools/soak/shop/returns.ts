import type { ReturnItem } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { message, messageWithoutPayload, tick } from './notifications.ts';
import { addFact, changeOrder, orderOf } from './order-facts.ts';
import { centsOf, type Piece, trackingIn } from './order-parts.ts';
import type { ShopState } from './state.ts';

/** What comes back. Each gives the notifications of one change, none when nothing can change so. */
export interface Returns {
  /** Some pieces of a line are to be sent back, sometimes more than are left. */
  request(): Change[];
  /** They have come back. */
  receive(): Change[];
}

/** Makes up returns. */
export function createReturns(state: ShopState, random: Random): Returns {
  const advised: { orderId: string; itemId: string; piece: Piece; trackingId: string }[] = [];
  /** How many pieces of a line came back, by its id. */
  const taken = new Map<string, number>();

  return {
    request() {
      const order = random.pickRecent(state.orders);
      if (!order) return [];
      const line = random.pick(order.lineItems);
      const wanted = 1 + random.below(line.quantity + 1);
      const left = Math.max(0, line.quantity - (taken.get(line.id) ?? 0));
      taken.set(line.id, (taken.get(line.id) ?? 0) + wanted);
      const createdAt = tick();
      const item: ReturnItem = {
        ...{ type: 'LineItemReturnItem', id: random.uuid(), lineItemId: line.id, quantity: wanted },
        ...{ shipmentState: 'Advised', paymentState: 'Initial', createdAt, lastModifiedAt: createdAt },
      };
      const trackingId = `R-${random.below(1_000_000)}`;
      const returnInfo = { returnTrackingId: trackingId, items: [item] };
      const all = [...(order.returnInfo ?? []), returnInfo];
      const next = changeOrder(state, order, { returnInfo: all });
      const piece = { id: line.id, quantity: Math.min(wanted, left) };
      if (piece.quantity > 0) {
        const cents = centsOf(next, [piece]);
        addFact(state, 'return', 'Requested Return', next, {
          ...{ uniqueId: item.id, time: createdAt, cents, lines: [piece] },
          properties: () => trackingIn([{ trackingData: { trackingId } }]),
        });
        advised.push({ orderId: order.id, itemId: item.id, piece, trackingId });
      }
      const told = random.pick([
        () => message('ReturnInfoAdded', 'order', next, { returnInfo }),
        () => message('ReturnInfoSet', 'order', next, { returnInfo: all }),
        () => messageWithoutPayload('ReturnInfoAdded', 'order', next),
      ])();
      return [{ kind: 'return', payload: told }];
    },

    receive() {
      const one = advised.shift();
      if (!one) return [];
      const { orderId, itemId, piece, trackingId } = one;
      const order = orderOf(state, orderId);
      const shipmentState = 'Returned' as const;
      const returnInfo = order.returnInfo?.map((info) => ({
        ...info,
        items: info.items.map((item) =>
          item.id === itemId ? { ...item, shipmentState, lastModifiedAt: tick() } : item,
        ),
      }));
      const next = changeOrder(state, order, { returnInfo });
      const payload = { returnItemId: itemId, returnShipmentState: shipmentState };
      const told = message('OrderReturnShipmentStateChanged', 'order', next, payload);
      addFact(state, 'return-state', 'Received Return', next, {
        ...{ uniqueId: `${itemId}:Returned`, time: told.createdAt, cents: centsOf(next, [piece]), lines: [piece] },
        properties: () => trackingIn([{ trackingData: { trackingId } }]),
      });
      return [{ kind: 'return-state', payload: told }];
    },
  };
}
