import type { State } from '../../../test/doubles/klaviyo/state.ts';
import type { Finding } from './finding.ts';

const HOUR = 3_600_000;

/**
 * Finds what of the past would have fired a flow, and what of live traffic was silenced.
 *
 * @param started when live traffic began, in milliseconds since the epoch; the past ended two hours before
 */
export const checkSilence = ({ events }: State, started: number): Finding[] =>
  events.flatMap(({ metric, unique_id, time, backfill }): Finding[] => {
    const isPast = Date.parse(time) < started - HOUR;
    if (isPast === backfill) return [];
    const text = `${metric} ${unique_id} of ${time} ${isPast ? 'may fire a flow' : 'fires no flow'}`;
    return [{ kind: 'order-placed', what: 'wrong', text }];
  });
