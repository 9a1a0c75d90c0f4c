import { useId } from 'preact/hooks';
import type { ServiceWeather } from '../../api.ts';
import { durationOf } from '../kit/format.ts';
import { Dial, Switch } from './dial.tsx';

const LATENCIES = [0, 50, 100, 250, 500, 1000, 2000, 5000, 10_000, 30_000];
const ONE_IN = [0, 1000, 500, 200, 100, 50, 20, 10, 5, 3, 2];
/** By how much a minute of Klaviyo's limits is shortened. */
const LIMITS = [0, 60, 30, 12, 6, 3, 1];

const latencyInWords = (milliseconds: number) => (milliseconds === 0 ? 'no' : durationOf(milliseconds));
const oneIn = (count: number) => (count === 0 ? 'none' : `one in ${count}`);
const limitsInWords = (limits: number) =>
  limits === 0 ? 'none' : limits === 1 ? 'as really' : `${limits} times as wide as really`;

interface Props {
  name: string;
  weather: ServiceWeather;
  /** Undefined for a service that limits nobody here. */
  limits?: number;
  onChange(change: Partial<ServiceWeather> & { limits?: number }): void;
}

/** What calls to a service meet with, on sliders. */
export function Service({ name, weather, limits, onChange }: Props) {
  const id = useId();
  return (
    <fieldset class="card service" aria-labelledby={id}>
      <header>
        <h2 id={id}>{name}</h2>
        <Switch label="down" isOn={weather.isDown} onChange={(isDown) => onChange({ isDown })} />
      </header>
      <div class="pad stack">
        <Dial
          label="Answers late"
          stops={LATENCIES}
          value={weather.latency}
          wordsOf={latencyInWords}
          onChange={(latency) => onChange({ latency })}
        />
        <Dial
          label="Calls that fail"
          stops={ONE_IN}
          value={weather.failOneIn}
          wordsOf={oneIn}
          onChange={(failOneIn) => onChange({ failOneIn })}
        />
        <Dial
          label="Replies that are lost"
          stops={ONE_IN}
          value={weather.loseOneIn}
          wordsOf={oneIn}
          onChange={(loseOneIn) => onChange({ loseOneIn })}
        />
        {limits !== undefined && (
          <Dial
            label="Limits of calls"
            stops={LIMITS}
            value={limits}
            wordsOf={limitsInWords}
            onChange={(value) => onChange({ limits: value })}
          />
        )}
      </div>
    </fieldset>
  );
}
