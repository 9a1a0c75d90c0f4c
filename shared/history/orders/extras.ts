import type { Span } from '../../commercetools/scans/scans.ts';
import type { History } from '../history.ts';
import type { Counts } from './counts.ts';
import { only, type Source } from './source.ts';

/** Returns a run that leaves nothing to live traffic: what is too young to be written is nothing that only Klaviyo has. */
export const withLive = (history: History): History => ({
  ...history,
  options: { ...history.options, until: Number.POSITIVE_INFINITY },
});

/**
 * Reports the events of a metric within some spans that no order stands for, if the run looks for such.
 *
 * @param source yields all orders with an event in these spans, and all of their facts
 */
export async function reportExtras(
  { options, account, report }: History,
  metric: string,
  spans: readonly Span[],
  source: Source,
  counts: Counts,
): Promise<void> {
  const metricId = await counts.idOf(metric);
  if (!options.extras || metricId === undefined || spans.length === 0) return;
  const extra = new Set<string>();
  for (const { from, until } of spans)
    for await (const page of account.uniqueIds(metricId, from, until)) for (const id of page) extra.add(id);
  for await (const page of only(source, (fact) => fact.metric === metric)())
    for (const { uniqueId } of page.flatMap(({ facts }) => facts)) extra.delete(uniqueId);
  for (const id of extra) report.add({ subject: metric, what: 'extra', id });
}
