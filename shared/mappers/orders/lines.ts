import type { CustomLineItem, LineItem, Order } from '../../commercetools/resources/order.ts';
import { shareOf, sumOf } from '../money.ts';

/** A line of an order, or some of its pieces. */
export interface OrderLine<Line = LineItem | CustomLineItem> {
  line: Line;
  /** How many pieces; from 1 to the line's quantity. */
  pieces: number;
}

/** A line of a product: a custom line item has none. */
export type ProductLine = OrderLine<LineItem>;

/** Returns whether a line is of a product. */
export const isProduct = (one: OrderLine): one is ProductLine => 'productId' in one.line;

/** Returns every line of an order or a cart, with all of its pieces. */
export const wholeOrder = ({ lineItems, customLineItems }: Pick<Order, 'lineItems' | 'customLineItems'>): OrderLine[] =>
  [...lineItems, ...customLineItems].map((line) => ({ line, pieces: line.quantity }));

/** Returns what lines are worth: their share of the row totals, in major units. */
export const worthOf = (lines: readonly OrderLine[]): number =>
  sumOf(lines.flatMap(({ line, pieces }) => (line.totalPrice ? shareOf(line.totalPrice, pieces, line.quantity) : [])));

/** How many pieces of an order's line something is about, such as an entry of a delivery. */
export interface Named {
  /** Of a line item or a custom line item. */
  id: string;
  quantity: number;
}

/** Returns how many pieces of each line the entries name, those of one line together. */
export function piecesOf(named: readonly Named[]): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const { id, quantity } of named) pieces.set(id, (pieces.get(id) ?? 0) + quantity);
  return pieces;
}
