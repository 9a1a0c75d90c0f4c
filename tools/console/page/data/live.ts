import { batch, type Signal, signal } from '@preact/signals';
import type { Changeable, Sample, Samples, ServerEvents } from '../../api.ts';
import { ask } from './request.ts';

/** Samples that are kept: ten minutes. */
const KEPT = 600;

/** Whether the events of the server arrive. */
export const isLive = signal(false);
/** The last ten minutes, a sample a second, oldest first. */
export const samples = signal<Sample[]>([]);

const changes: Record<Changeable, Signal<number>> = {
  flow: signal(0),
  klaviyo: signal(0),
  shop: signal(0),
  'dead-letters': signal(0),
  weather: signal(0),
  overview: signal(0),
};

/** A number that rises with each change of something; whoever reads it is told. */
export const changesOf = (what: Changeable): number => changes[what].value;

/**
 * Listens to the server while the page is in view. A browser has six connections to a server: seven pages in tabs, each of which
 * listens, would leave none to ask by. `onFlow` gets rows as they come.
 */
export function listen(onFlow: (rows: ServerEvents['flow']) => void): void {
  let source: EventSource | undefined;
  const follow = () => {
    if (!document.hidden) source ??= connect(onFlow);
    else {
      source?.close();
      source = undefined;
      isLive.value = false;
    }
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}

/** Connects to the events of the server, and again whenever that is lost. */
function connect(onFlow: (rows: ServerEvents['flow']) => void): EventSource {
  const source = new EventSource('/api/events');
  const on = <Name extends keyof ServerEvents>(name: Name, take: (data: ServerEvents[Name]) => void) =>
    source.addEventListener(name, ({ data }: MessageEvent<string>) => take(JSON.parse(data)));

  source.onopen = () => {
    isLive.value = true;
    // Whatever happened meanwhile was not told.
    bump(Object.values(changes));
    void ask<Samples>('/api/samples').then(
      (answer) => {
        samples.value = answer.samples.slice(-KEPT);
      },
      () => {},
    );
  };
  source.onerror = () => {
    isLive.value = false;
  };
  on('flow', onFlow);
  on('sample', (sample) => {
    samples.value = [...samples.value, sample].slice(-KEPT);
  });
  on('changed', ({ what }) => bump(what.map((one) => changes[one])));
  return source;
}

const bump = (counters: Signal<number>[]) =>
  batch(() => {
    for (const counter of counters) counter.value += 1;
  });
