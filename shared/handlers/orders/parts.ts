import type { Order } from '../../commercetools/resources/order.ts';
import { GoneError, RetryableError } from '../../errors.ts';
import { type Named, type OrderLine, piecesOf } from '../../mappers/orders/lines.ts';
import type { Message } from '../../platform-format/schema.ts';
import { existing, type PlanContext } from '../handler.ts';

/** Returns the order of a message as it is now. Throws GoneError when the order is gone. */
export const orderOf = async ({ resource }: Message, { commercetools }: PlanContext): Promise<Order> =>
  existing(await commercetools.orders.byId(resource.id));

/**
 * Returns what a message names of its order, such as a parcel, as the order shows it.
 *
 * @param found what the order shows of it
 * @param what a word for it
 * @throws RetryableError while the order does not show it yet, GoneError when the order has changed since and shows it no more
 */
export function shown<T>(found: T | undefined, what: string, order: Order, message: Message): T {
  if (found !== undefined) return found;
  if (isLater(order, message)) throw new GoneError(`the ${what} is gone from its order`);
  throw new RetryableError(`order ${order.id} does not show its ${what} yet`);
}

/**
 * Returns what a message is about of what its order shows; all of it when the payload was not included.
 *
 * @param isNamed whether something is what the payload names; undefined without a payload
 * @throws what `shown` throws
 */
export const aboutIn = <T>(
  all: readonly T[],
  isNamed: ((one: T) => boolean) | undefined,
  what: string,
  order: Order,
  message: Message,
): readonly T[] => (isNamed ? [shown(all.find(isNamed), what, order, message)] : all);

/** Returns whether an order has changed since the fact that a message is about, so that it may have lost what it had then. */
export const isLater = ({ version = 0 }: Order, { resourceVersion = version }: Message): boolean =>
  version > resourceVersion;

/**
 * Returns the lines of an order that a delivery, a parcel or a return names, with how many pieces. More pieces than are there are
 * not counted, with a warning: commercetools lets a shop deliver and take back more than was bought. So is a line that an edit of
 * the order has removed since: commercetools takes no line that the order does not have.
 *
 * @param taken how many pieces of the line are not there any more
 * @throws RetryableError for a line that the order does not know, and cannot have lost
 */
export function linesOf(
  order: Order,
  named: readonly Named[],
  message: Message,
  { warn }: PlanContext,
  taken = 0,
): OrderLine[] {
  const known = new Map([...order.lineItems, ...order.customLineItems].map((line) => [line.id, line]));
  return [...piecesOf(named)].flatMap(([id, wanted]) => {
    const line = known.get(id);
    if (!line && isLater(order, message)) {
      warn(`line ${id} is gone from its order, and is not counted`);
      return [];
    }
    if (!line) throw new RetryableError(`order ${order.id} does not know line ${id}, which it delivers or takes back`);
    const left = Math.max(0, line.quantity - taken);
    if (wanted > left) warn(`line ${id} has ${left} pieces left, not ${wanted}: no more are counted`);
    const pieces = Math.min(wanted, left);
    return pieces > 0 ? [{ line, pieces }] : [];
  });
}
