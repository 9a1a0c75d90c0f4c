import type { Effect, Faults } from '../../test/doubles/faults.ts';
import type { Random } from './random.ts';

const EFFECTS: { weight: number; effect: Effect }[] = [
  { weight: 1, effect: { kind: 'status', status: 500 } },
  { weight: 1, effect: { kind: 'status', status: 503 } },
  { weight: 0.5, effect: { kind: 'status', status: 503, body: '<html>Service Unavailable</html>' } },
  { weight: 0.3, effect: { kind: 'status', status: 502, body: 'null' } },
  { weight: 0.7, effect: { kind: 'status', status: 429, retryAfter: 1 } },
  { weight: 0.7, effect: { kind: 'status', status: 429, retryAfter: 60 } },
  { weight: 0.2, effect: { kind: 'status', status: 401 } },
  { weight: 1, effect: { kind: 'reset' } },
  { weight: 1.5, effect: { kind: 'lost-reply' } },
  { weight: 1, effect: { kind: 'slow', milliseconds: 400 } },
  { weight: 0.4, effect: { kind: 'hang' } },
  { weight: 0.7, effect: { kind: 'garbage', applied: false } },
  { weight: 0.7, effect: { kind: 'garbage', applied: true } },
  { weight: 0.7, effect: { kind: 'garbage', applied: true, truncated: true } },
];

const STORM_EVERY_SECONDS = 6;

/** Of six seconds one is a storm, so that all tries of an attempt fail now and then; on average it is one. */
const gust = () => (Math.floor(Date.now() / 1000) % STORM_EVERY_SECONDS === 0 ? 4 : 0.4);

/**
 * Makes a server as unreliable as a bad day on the internet, until its faults are cleared.
 *
 * @param rate share of requests that something happens to, on average
 * @returns how many requests met with what so far
 */
export function badWeather(faults: Faults, random: Random, rate: number): Map<string, number> {
  const total = EFFECTS.reduce((sum, { weight }) => sum + weight, 0);
  const counts = new Map<string, number>();
  for (const { weight, effect } of EFFECTS) {
    const name = 'status' in effect ? String(effect.status) : effect.kind;
    const match = () => {
      const isHit = random.chance((rate * gust() * weight) / total);
      if (isHit) counts.set(name, (counts.get(name) ?? 0) + 1);
      return isHit;
    };
    faults.add({ match, times: Number.POSITIVE_INFINITY, effect });
  }
  return counts;
}
