import type { Span } from '../../commercetools/scans/scans.ts';
import type { History } from '../history.ts';
import type { Counts } from './counts.ts';
import type { Mending } from './mend.ts';

/** What the comparisons of orders work with. */
export interface Run {
  history: History;
  /** From the first order that is looked at to the cut-off. */
  span: Span;
  /** What Klaviyo counts within this span. */
  counts: Counts;
  mending: Mending;
  /** Reports how many facts of a metric there are in commercetools. */
  found(metric: string, facts: number): void;
}
