import type { Effect, Faults, FaultTarget } from '../../test/doubles/faults.ts';
import { isEventBulk } from '../../test/doubles/klaviyo/event-bulk.ts';
import type { Random } from './random.ts';

/** What may happen to a request, and how often compared with the rest. */
interface Mishap {
  weight: number;
  effect: Effect;
  /** What it is counted as. */
  name?: string;
}

const EFFECTS: Mishap[] = [
  { weight: 1, effect: { kind: 'status', status: 500 } },
  { weight: 1, effect: { kind: 'status', status: 503 } },
  { weight: 0.5, effect: { kind: 'status', status: 503, body: '<html>Service Unavailable</html>' } },
  { weight: 0.3, effect: { kind: 'status', status: 502, body: 'null' } },
  { weight: 0.7, effect: { kind: 'status', status: 429, retryAfter: 1 } },
  // Longer than an attempt.
  { weight: 0.7, effect: { kind: 'status', status: 429, retryAfter: 10 } },
  { weight: 0.2, effect: { kind: 'status', status: 401 } },
  { weight: 1, effect: { kind: 'reset' } },
  { weight: 1.5, effect: { kind: 'lost-reply' } },
  { weight: 1, effect: { kind: 'slow', milliseconds: 400 } },
  { weight: 0.4, effect: { kind: 'hang' } },
  { weight: 0.7, effect: { kind: 'garbage', applied: false } },
  { weight: 0.7, effect: { kind: 'garbage', applied: true } },
  { weight: 0.7, effect: { kind: 'garbage', applied: true, truncated: true } },
];

/** What a bulk request meets besides: many messages wait for it, and there are few of them. */
const BATCH_EFFECTS: Mishap[] = [
  { name: 'refused batch', weight: 1, effect: { kind: 'status', status: 400 } },
  { name: 'batch without a reply', weight: 1, effect: { kind: 'lost-reply' } },
  // Long enough for its process to be killed meanwhile.
  { name: 'slow batch', weight: 2, effect: { kind: 'slow', milliseconds: 1000 } },
];

const STORM_EVERY_SECONDS = 6;

/** Of six seconds one is a storm, so that all tries of an attempt fail now and then; on average it is one. */
const gust = () => (Math.floor(Date.now() / 1000) % STORM_EVERY_SECONDS === 0 ? 4 : 0.4);

const isRefusal = (effect: Effect) => effect.kind === 'status' && effect.status === 401;
const totalOf = (mishaps: Mishap[]) => mishaps.reduce((sum, { weight }) => sum + weight, 0);

/**
 * Makes a server as unreliable as a bad day on the internet, until its faults are cleared.
 *
 * @param rate share of requests that something happens to, on average; of bulk requests more
 * @param options.refuses whether credentials are refused now and then, which is no weather for whoever stops then; true by default
 * @returns how many requests met with what so far
 */
export function badWeather(
  faults: Faults,
  random: Random,
  rate: number,
  { refuses = true }: { refuses?: boolean } = {},
): Map<string, number> {
  const counts = new Map<string, number>();

  function add(
    { weight, effect, name }: Mishap,
    share: () => number,
    isMeant: (request: FaultTarget) => boolean,
  ): void {
    const counted = name ?? ('status' in effect ? String(effect.status) : effect.kind);
    const match = (request: FaultTarget) => {
      const isHit = isMeant(request) && random.chance(weight * share());
      if (isHit) counts.set(counted, (counts.get(counted) ?? 0) + 1);
      return isHit;
    };
    faults.add({ match, times: Number.POSITIVE_INFINITY, effect });
  }

  for (const mishap of BATCH_EFFECTS) add(mishap, () => (3 * rate) / totalOf(BATCH_EFFECTS), isEventBulk);
  for (const mishap of EFFECTS.filter(({ effect }) => refuses || !isRefusal(effect)))
    add(
      mishap,
      () => (rate * gust()) / totalOf(EFFECTS),
      () => true,
    );
  return counts;
}
