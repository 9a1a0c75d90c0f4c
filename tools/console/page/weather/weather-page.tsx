import { useSignal } from '@preact/signals';
import type { BurstAnswer, FunctionState } from '../../api.ts';
import { samples } from '../data/live.ts';
import { send } from '../data/request.ts';
import { Head } from '../kit/basics.tsx';
import { Button } from '../kit/button.tsx';
import { countOf, numberOf } from '../kit/format.ts';
import { tell } from '../kit/tell.ts';
import { FINE, setWeather, useWeather } from './forecast.ts';
import { Plots } from './plots.tsx';
import { Service } from './service.tsx';

async function kill(): Promise<void> {
  const { restarts } = await send<FunctionState>('POST', '/api/weather/kill');
  tell(`The process was killed in the middle of its work, and starts again: ${countOf(restarts, 'time')} so far.`);
}

async function burst(orders: number): Promise<void> {
  const { left } = await send<BurstAnswer>('POST', '/api/weather/burst', { orders });
  tell(`${countOf(left, 'order')} on the way. Watch the backlog: none is lost, and none doubles.`);
}

/** What the sync does when its world is not well: faults on switches and sliders, and plots of the last minutes. */
export function WeatherPage() {
  const weather = useWeather();
  return (
    <>
      <Head title="Weather" tools={<Tools />}>
        Let things break, and see that nothing is lost and nothing doubles.
      </Head>
      <div class="body">
        {weather && (
          <div class="services">
            <Service
              name="Klaviyo"
              weather={weather.klaviyo}
              limits={weather.klaviyo.limits}
              onChange={(change) => setWeather({ ...weather, klaviyo: { ...weather.klaviyo, ...change } })}
            />
            <Service
              name="commercetools"
              weather={weather.commercetools}
              onChange={(change) => setWeather({ ...weather, commercetools: { ...weather.commercetools, ...change } })}
            />
            <Verdict />
          </div>
        )}
        <Plots />
      </div>
    </>
  );
}

function Tools() {
  const orders = useSignal(10_000);
  return (
    <>
      <Button look="first" onPress={() => burst(orders.value)}>
        {countOf(orders.value, 'order')} now
      </Button>
      <select
        class="input kind"
        aria-label="How many orders"
        value={orders.value}
        onChange={({ currentTarget }) => {
          orders.value = Number(currentTarget.value);
        }}
      >
        {[10, 100, 1000, 10_000].map((count) => (
          <option key={count} value={count}>
            {numberOf(count)}
          </option>
        ))}
      </select>
      <Button look="harsh" onPress={kill}>
        Kill a process
      </Button>
      <Button onPress={() => setWeather(FINE)}>Fine weather</Button>
    </>
  );
}

/** What the last ten minutes come to: the argument of the project in four numbers. */
function Verdict() {
  const sum = (of: (sample: (typeof samples.value)[number]) => number) =>
    samples.value.reduce((total, sample) => total + of(sample), 0);
  const figures: [string, number][] = [
    ['published', sum(({ published }) => published)],
    ['acknowledged', sum(({ acknowledged }) => acknowledged)],
    ['attempts failed', sum(({ failedAttempts }) => failedAttempts)],
    ['given up', sum(({ givenUp }) => givenUp)],
  ];
  return (
    <section class="card verdict" aria-label="The last ten minutes">
      <h2>The last ten minutes</h2>
      <dl>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{numberOf(value)}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">
        A message is acknowledged once all of it is in Klaviyo, or given up and kept among the dead letters.
      </p>
    </section>
  );
}
