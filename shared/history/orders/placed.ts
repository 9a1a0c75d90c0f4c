import type { Span } from '../../commercetools/scans/scans.ts';
import { compare } from './compare.ts';
import { type Counted, joined, ordersOf, type SpanSize } from './days.ts';
import { forEach } from './each.ts';
import { reportExtras, withLive } from './extras.ts';
import { countedDays, ordersWhere, untaken } from './reading.ts';
import type { Run } from './run.ts';
import type { Due } from './source.ts';
import { placedOrders } from './which.ts';

/** Orders that are read as one span: some pages, and not much less than one. */
const SPANS: SpanSize = { most: 2000, least: 100 };
/** Spans that are read at once: each has two pages of orders in memory, and all together fill the requests to Klaviyo. */
const AT_ONCE = 3;

/**
 * Compares the orders that were placed by the day. What Klaviyo lacks of an order is mended with everything else that the order stands
 * for; where Klaviyo has nothing of a day, all of the day is mended, without another look.
 *
 * @returns when the orders were placed of which everything was sent, whatever it is
 */
export async function comparePlaced({ history, span, counts, mending, found }: Run): Promise<Span[]> {
  const { settings, options, account, progress } = history;
  const { placedOrder, orderedProduct } = settings.metrics;
  const metrics: ReadonlySet<string> = new Set([placedOrder, orderedProduct]);
  const which = placedOrders(settings);
  if (!which) return [];

  const days = await countedDays(history, span, which, counts.byDay(placedOrder));
  const changed = { from: options.since ?? 0, until: Number.POSITIVE_INFINITY };
  const others = await untaken(history, { ...which, changed });
  const isEqual = ({ commercetools, klaviyo }: Counted) => !options.exact && commercetools === klaviyo;
  const all = ordersOf([...days, ...others]);
  const equal = ordersOf(days.filter(isEqual));
  found(placedOrder, all);
  progress.expect('orders', all);
  progress.done('orders', equal);
  let products = 0;

  async function comparePart(part: Counted, isNew: boolean): Promise<void> {
    const predicate = { ...which, placed: { from: part.from, until: part.until } };
    const source = ordersWhere(history, predicate);
    let left = part.commercetools;
    const begin = (page: readonly Due[]) => {
      const orders = Math.min(left, page.length);
      left -= orders;
      if (isNew) products += factsOf(page, orderedProduct);
      return () => progress.done('orders', orders);
    };
    if (isNew) {
      await mending.mend({ source, metrics, isAbsent: ({ metric }) => metrics.has(metric) }, begin);
    } else {
      const comparison = await compare(source, metrics, account, counts);
      products += comparison.facts.get(orderedProduct) ?? 0;
      if (!comparison.isEqual) await mending.mend({ ...comparison, source, metrics }, begin);
    }
    if (part.klaviyo > 0)
      await reportExtras(history, placedOrder, [part], ordersWhere(withLive(history), predicate), counts);
    progress.done('orders', left);
  }

  const parts = joined(days, SPANS, (day) => !isEqual(day));
  // To repeat an event is harmless; what is reported has to be certain.
  const isNew = ({ klaviyo }: Counted) => options.repair && klaviyo === 0;
  await forEach(parts, AT_ONCE, (part) => comparePart(part, isNew(part)));
  await forEach(others, AT_ONCE, (part) => comparePart(part, false));
  // Of days that are equal nobody has counted products.
  if (equal === 0) found(orderedProduct, products);
  return which.imported === undefined ? parts.filter(isNew) : [];
}

const factsOf = (page: readonly Due[], metric: string): number =>
  page.flatMap(({ facts }) => facts.filter((fact) => fact.metric === metric)).length;
