import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Weather } from '../../api.ts';
import { send } from '../data/request.ts';
import { useResource } from '../data/resource.ts';
import { tellFailure } from '../kit/tell.ts';

/** Milliseconds after the last move of a slider. */
const PAUSE = 120;

/** The weather as it is set here, before the server has said so too. */
const wanted = signal<Weather | undefined>(undefined);
let sending: ReturnType<typeof setTimeout> | undefined;

/** Fine weather: both services as they really are, with the limits that Klaviyo really has. */
export const FINE: Weather = {
  klaviyo: { isDown: false, latency: 0, failOneIn: 0, loseOneIn: 0, limits: 0 },
  commercetools: { isDown: false, latency: 0, failOneIn: 0, loseOneIn: 0 },
};

/** Sets the weather, once the slider rests. */
export function setWeather(weather: Weather): void {
  wanted.value = weather;
  clearTimeout(sending);
  sending = setTimeout(() => {
    sending = undefined;
    send<Weather>('PUT', '/api/weather', weather).catch(tellFailure);
  }, PAUSE);
}

/** The weather as it is, also as somebody else sets it. */
export function useWeather(): Weather | undefined {
  const { value } = useResource<Weather>('/api/weather', ['weather']);
  useEffect(() => {
    if (value && sending === undefined) wanted.value = value;
  }, [value]);
  return wanted.value;
}
