import type { Span } from '../../commercetools/scans/scans.ts';
import type { History } from '../history.ts';
import type { Source } from './compare.ts';
import type { Counts } from './counts.ts';
import { shownWithin } from './shown.ts';

/** Reports the events of a metric within some spans that no order stands for, if the run looks for such. */
export async function reportExtras(
  { options, account, report }: History,
  metric: string,
  spans: readonly Span[],
  source: Source,
  counts: Counts,
): Promise<void> {
  if (!options.extras || spans.length === 0) return;
  const extra = await shownWithin(account, await counts.idOf(metric), spans);
  for await (const page of source())
    for (const fact of page.flatMap(({ facts }) => facts)) if (fact.metric === metric) extra.delete(fact.uniqueId);
  for (const id of extra) report.add({ subject: metric, what: 'extra', id });
}
