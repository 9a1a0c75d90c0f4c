import { localize } from '../localized.ts';
import { brandsOf } from './brand.ts';
import type { OrderContext } from './context.ts';
import { toOrderLine } from './line-item.ts';
import { isProduct, type OrderLine } from './lines.ts';

/** Returns what templates read of lines of an order or a cart. Only lines of products are items. */
export function describeLines(lines: readonly OrderLine[], context: OrderContext) {
  const { settings } = context;
  const products = lines.filter(isProduct);
  const items = products.map(({ line, pieces }) => toOrderLine(line, context, pieces));
  return {
    ItemNames: unique(lines.map(({ line }) => localize(line.name, settings.locale))),
    ItemCount: items.reduce((pieces, { Quantity }) => pieces + Quantity, 0),
    Categories: unique(items.flatMap(({ Categories }) => Categories)),
    Brands: unique(products.flatMap(({ line }) => brandsOf(line, settings))),
    Items: items,
  };
}

const unique = (values: (string | undefined)[]) => [...new Set(values.filter((value) => value !== undefined))];
