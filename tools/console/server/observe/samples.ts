import { percentile } from '../../../bench/statistics.ts';
import type { FlowRow, Sample, ServiceName } from '../../api.ts';
import { kindOf, noCalls } from './calls.ts';
import type { Ending } from './flow.ts';

/** Ten minutes. */
const KEPT = 600;

/** Counts what happens, second by second. */
export interface Sampler {
  onPublished(): void;
  onDelivered(milliseconds: number, ending: Ending | undefined): void;
  onEvents(events: NonNullable<FlowRow['events']>): void;
  onCall(service: ServiceName, status: number | undefined): void;
  /** Ends the second, and gives what was counted in it. */
  take(backlog: number): Sample;
  /** Gives the samples of the last ten minutes, oldest first. */
  samples(): Sample[];
}

/** Returns a sampler that has counted nothing. */
export function createSampler(): Sampler {
  const kept: Sample[] = [];
  let counted = nothing();
  let durations: number[] = [];

  return {
    onPublished() {
      counted.published += 1;
    },
    onDelivered(milliseconds, ending) {
      durations.push(milliseconds);
      if (ending === 'acknowledged') counted.acknowledged += 1;
      else counted.failedAttempts += 1;
      if (ending === 'given-up') counted.givenUp += 1;
    },
    onEvents({ single, bulk, bulkRequests }) {
      counted.events.single += single;
      counted.events.bulk += bulk;
      counted.events.bulkRequests += bulkRequests;
    },
    onCall(service, status) {
      counted.calls[service][kindOf(status)] += 1;
    },
    take(backlog) {
      const below = (share: number) => (durations.length > 0 ? percentile(durations, share) : null);
      const sample = { ...counted, at: Date.now(), backlog, p50: below(0.5), p99: below(0.99) };
      counted = nothing();
      durations = [];
      kept.push(sample);
      if (kept.length > KEPT) kept.shift();
      return sample;
    },
    samples: () => [...kept],
  };
}

const nothing = () => ({
  ...{ published: 0, acknowledged: 0, givenUp: 0, failedAttempts: 0 },
  calls: { commercetools: noCalls(), klaviyo: noCalls() },
  events: { single: 0, bulk: 0, bulkRequests: 0 },
});
