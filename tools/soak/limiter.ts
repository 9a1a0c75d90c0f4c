import type { Effect, Faults, FaultTarget } from '../../test/doubles/faults.ts';

/** What Klaviyo takes of one call: so many in a second, and so many in a minute. */
export interface Limit {
  burst: number;
  steady: number;
}

/** Source: `x-klaviyo-ratelimit` of each operation in Klaviyo's OpenAPI document of 2026-07-15. */
const LIMITS: { call: RegExp; limit: Limit }[] = [
  { call: /^POST \/api\/events$/, limit: { burst: 350, steady: 3500 } },
  { call: /^GET \/api\/catalog-/, limit: { burst: 350, steady: 3500 } },
  { call: /./, limit: { burst: 75, steady: 750 } },
];

/** The limit of a call such as `POST /api/events`. */
export const limitOf = (call: string): Limit =>
  LIMITS.find((one) => one.call.test(call))?.limit ?? { burst: 0, steady: 0 };

/** Seconds that so many calls take at least, when a steady window is so many seconds long. */
export function leastSeconds(calls: number, { burst, steady }: Limit, windowSeconds: number): number {
  const full = Math.floor(Math.max(0, calls - 1) / steady);
  return full * windowSeconds + (calls - full * steady) / burst;
}

interface Window {
  number: number;
  taken: number;
}

/** What a limiter has seen of one call. */
export interface Taken {
  calls: number;
  refusals: number;
  /** Of the last call that was taken, in milliseconds since the start. */
  lastAt: number;
}

/**
 * Makes a stand-in refuse what is too much with 429 and Retry-After, for each call by itself and over all clients.
 *
 * Fixed windows of a second and, as long as the scale says, of a minute:
 * https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling
 *
 * @param scale by how much a minute and its limit are shortened; the burst stays
 */
export function enforceLimits(faults: Faults, scale: number): Map<string, Taken> {
  const started = performance.now();
  const windows = new Map<string, { second: Window; minute: Window }>();
  const taken = new Map<string, Taken>();
  const steadySeconds = 60 / scale;
  let retryAfter = 1;

  const roll = (window: Window, seconds: number, now: number) => {
    const number = Math.floor(now / seconds);
    if (window.number !== number) Object.assign(window, { number, taken: 0 });
  };

  function isTooMuch(request: FaultTarget): boolean {
    const call = callOf(request);
    const { burst, steady } = limitOf(call);
    const { second, minute } = windows.get(call) ?? {
      second: { number: 0, taken: 0 },
      minute: { number: 0, taken: 0 },
    };
    windows.set(call, { second, minute });
    const seen = taken.get(call) ?? { calls: 0, refusals: 0, lastAt: 0 };
    taken.set(call, seen);
    const now = (performance.now() - started) / 1000;
    roll(second, 1, now);
    roll(minute, steadySeconds, now);
    if (minute.taken >= steady / scale || second.taken >= burst) {
      retryAfter = minute.taken >= steady / scale ? Math.ceil((minute.number + 1) * steadySeconds - now) : 1;
      seen.refusals += 1;
      return true;
    }
    second.taken += 1;
    minute.taken += 1;
    seen.calls += 1;
    seen.lastAt = now * 1000;
    return false;
  }

  const effect: Effect = {
    kind: 'status',
    status: 429,
    get retryAfter() {
      return retryAfter;
    },
  };
  faults.add({ match: isTooMuch, times: Number.POSITIVE_INFINITY, effect });
  return taken;
}

const callOf = ({ method, path }: FaultTarget) => {
  const [pathname = ''] = path.split('?');
  return `${method} ${pathname.replace(/^(\/api\/[a-z-]+)\/[^/]+/, '$1/{id}')}`;
};
