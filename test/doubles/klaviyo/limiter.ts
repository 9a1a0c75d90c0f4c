import type { Faults, FaultTarget, Quota } from '../faults.ts';
import { limitOf, operationOf } from './limits.ts';

/** What a limiter has seen of one operation. */
export interface Taken {
  calls: number;
  refusals: number;
  /** The most calls that were taken in one minute. */
  most: number;
  /** Of the last call that was taken, in milliseconds since the start. */
  lastAt: number;
}

/** How limits are enforced. */
export interface LimiterOptions {
  /** By how much a minute and its limit are shortened; the burst stays. */
  scale: number;
  /** Those that are limited, such as `POST /api/events`; all of them by default. */
  operations?: readonly string[];
  /**
   * What `RateLimit-*` tell of: the minute, as Klaviyo documents and as is the default, or whichever window is closer to its
   * end, with both limits behind it (`350, 350;w=1, 3500;w=60`), as public clients have recorded.
   */
  headers?: 'minute' | 'closest';
  /** The time now in milliseconds; by default the machine's. */
  now?: () => number;
}

/** Enforces limits, and remembers what it has seen. */
export interface Limiter {
  taken: Map<string, Taken>;
  /** Counts a call. Throws when its operation has no limit of its own. */
  limit(request: FaultTarget): Quota | undefined;
}

/** A fixed window: it counts from zero when its seconds are over. */
interface Window {
  seconds: number;
  limit: number;
  number: number;
  taken: number;
}

/**
 * Returns a limiter that refuses what is too much with 429 and Retry-After, for each operation by itself and over all
 * clients, and tells on other answers what is left.
 *
 * Fixed windows of a second and, as long as the scale says, of a minute:
 * https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling
 */
export function createLimiter(options: LimiterOptions): Limiter {
  const { scale, operations, headers = 'minute', now = () => performance.now() } = options;
  const started = now();
  const taken = new Map<string, Taken>();
  const windows = new Map<string, { second: Window; minute: Window }>();

  function windowsOf(operation: string) {
    const { burst, steady } = limitOf(operation);
    const known = windows.get(operation) ?? {
      second: { seconds: 1, limit: burst, number: 0, taken: 0 },
      minute: { seconds: 60 / scale, limit: Math.ceil(steady / scale), number: 0, taken: 0 },
    };
    windows.set(operation, known);
    return known;
  }

  function limit(request: FaultTarget): Quota | undefined {
    const operation = operationOf(request);
    if (operation === undefined || operations?.includes(operation) === false) return undefined;
    const { second, minute } = windowsOf(operation);
    const seen = taken.get(operation) ?? { calls: 0, refusals: 0, most: 0, lastAt: 0 };
    taken.set(operation, seen);
    const milliseconds = now() - started;
    const time = milliseconds / 1000;
    for (const window of [second, minute]) roll(window, time);
    const full = [minute, second].find((window) => window.taken >= window.limit);
    if (full) {
      seen.refusals += 1;
      return { refusal: { kind: 'status', status: 429, retryAfter: reset(full, time) } };
    }
    for (const window of [second, minute]) window.taken += 1;
    Object.assign(seen, { calls: seen.calls + 1, most: Math.max(seen.most, minute.taken), lastAt: milliseconds });
    const told = headers === 'minute' || remaining(minute) < remaining(second) ? minute : second;
    const policy = `, ${second.limit};w=1, ${minute.limit};w=60`;
    return {
      headers: {
        'RateLimit-Limit': `${told.limit}${headers === 'minute' ? '' : policy}`,
        'RateLimit-Remaining': String(remaining(told)),
        'RateLimit-Reset': String(reset(told, time)),
      },
    };
  }

  return { taken, limit };
}

/** Makes a server enforce Klaviyo's limits until its faults are cleared. Returns what it has seen, by operation. */
export function enforceLimits(
  faults: Faults,
  scale: number,
  options: Omit<LimiterOptions, 'scale'> = {},
): Map<string, Taken> {
  const { limit, taken } = createLimiter({ ...options, scale });
  faults.limit = limit;
  return taken;
}

function roll(window: Window, time: number): void {
  const number = Math.floor(time / window.seconds);
  if (window.number !== number) Object.assign(window, { number, taken: 0 });
}

const remaining = ({ limit, taken }: Window): number => limit - taken;

/** Whole seconds until the window is over, at least one. */
const reset = ({ number, seconds }: Window, time: number): number =>
  Math.max(1, Math.ceil((number + 1) * seconds - time));
