import type { Span } from '../../commercetools/scans/scans.ts';
import type { Account } from '../../klaviyo/bulk/account.ts';

/** Returns the unique ids of the events that Klaviyo shows within some spans; none of a metric that has no id. */
export async function shownWithin(
  { uniqueIds }: Account,
  metricId: string | undefined,
  spans: readonly Span[],
): Promise<Set<string>> {
  const shown = new Set<string>();
  if (metricId === undefined) return shown;
  for (const { from, until } of spans)
    for await (const page of uniqueIds(metricId, from, until)) for (const id of page) shown.add(id);
  return shown;
}
