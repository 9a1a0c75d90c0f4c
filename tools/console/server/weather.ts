import * as z from 'zod';
import type { Fault, Faults } from '../../../test/doubles/faults.ts';
import { enforceLimits } from '../../../test/doubles/klaviyo/limiter.ts';
import type { World } from '../../sandbox/world.ts';
import type { ServiceWeather, Weather } from '../api.ts';

const often = z.int().min(0).max(1000);
const service = z.strictObject({
  isDown: z.boolean(),
  latency: z.int().min(0).max(30_000),
  failOneIn: often,
  loseOneIn: often,
});

/** What may be asked for. */
export const weatherRequest: z.ZodType<Weather> = z.strictObject({
  klaviyo: service.extend({ limits: z.number().min(0).max(60) }),
  commercetools: service,
});

const FINE: ServiceWeather = { isDown: false, latency: 0, failOneIn: 0, loseOneIn: 0 };

/** Nothing in the way of a call. */
export const FINE_WEATHER: Weather = { klaviyo: { ...FINE, limits: 0 }, commercetools: FINE };

const UNAVAILABLE = { kind: 'status', status: 503 } as const;

/** One request in so many; none for zero. */
function oneIn(count: number): Fault['match'] {
  let seen = 0;
  return () => {
    seen += 1;
    return count > 0 && seen % count === 0;
  };
}

/** The weather as faults, of which the first that is due is met. */
const faultsOf = ({ isDown, latency, failOneIn, loseOneIn }: ServiceWeather): Fault[] => [
  ...(isDown ? [{ effect: UNAVAILABLE }] : []),
  { match: oneIn(failOneIn), effect: UNAVAILABLE },
  { match: oneIn(loseOneIn), effect: { kind: 'lost-reply' } },
  ...(latency > 0 ? [{ effect: { kind: 'slow' as const, milliseconds: latency } }] : []),
];

function put(faults: Faults, weather: ServiceWeather): void {
  const { limit } = faults;
  faults.clear();
  faults.limit = limit;
  for (const fault of faultsOf(weather)) faults.add({ ...fault, times: Number.POSITIVE_INFINITY });
}

/** The weather between the function and both services. */
export interface Climate {
  now(): Weather;
  set(weather: Weather): Weather;
}

/** Returns fine weather that can be made worse. */
export function createClimate({ shop, klaviyo }: Pick<World, 'shop' | 'klaviyo'>): Climate {
  let now = FINE_WEATHER;
  return {
    now: () => now,
    set(weather) {
      const { limits } = weather.klaviyo;
      put(klaviyo.faults, weather.klaviyo);
      put(shop.faults, weather.commercetools);
      // Windows that are counting go on counting.
      if (limits === 0) klaviyo.faults.limit = undefined;
      else if (limits !== now.klaviyo.limits || klaviyo.faults.limit === undefined)
        enforceLimits(klaviyo.faults, limits);
      now = weather;
      return now;
    },
  };
}
