import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Sample } from '../../api.ts';
import { samples } from '../data/live.ts';
import { colourOf, type Ink, schemeChanges } from './ink.ts';

/** Seconds in view, and how many at least. */
const SPAN = 300;
const LEAST_SPAN = 60;
const HEIGHT = 132;

/** A line of a plot. */
export interface Line {
  name: string;
  ink: Ink;
  /** A gap where there was nothing to measure. */
  of: (sample: Sample) => number | null;
  isDashed?: boolean;
  /** Whether the space below is filled. */
  isFilled?: boolean;
  /** Whether single values stand between gaps, so that each needs a point to be seen. */
  isSparse?: boolean;
}

interface Props {
  title: string;
  /** What is now, in a word or two. */
  now: string;
  lines: readonly Line[];
}

/** A plot of the last minutes that moves with the time, and what its lines are. */
export function Plot({ title, now, lines }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let plot = draw(element, lines);
    const redraw = () => {
      plot.destroy();
      plot = draw(element, lines);
    };
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    const stop = samples.subscribe((all) => plot.setData(dataOf(all, lines)));
    schemeChanges.addEventListener('change', redraw);
    return () => {
      stop();
      observer.disconnect();
      schemeChanges.removeEventListener('change', redraw);
      plot.destroy();
    };
  }, [lines]);
  return (
    <figure class="card plot">
      <figcaption>
        <h2>{title}</h2>
        <span class="now">{now}</span>
      </figcaption>
      <div ref={place} class="canvas" role="img" aria-label={`${title}, the last five minutes; now ${now}`} />
      <ul class="legend">
        {lines.map(({ name, ink, isDashed }) => (
          <li key={name}>
            <span class={`swatch ${ink} ${isDashed ? 'dashed' : ''}`} />
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function dataOf(all: readonly Sample[], lines: readonly Line[]): uPlot.AlignedData {
  const shown = all.slice(-SPAN);
  return [shown.map(({ at }) => at / 1000), ...lines.map(({ of }) => shown.map(of))];
}

function draw(element: HTMLElement, lines: readonly Line[]): uPlot {
  const soft = colourOf(element, 'soft');
  const grid = { stroke: colourOf(element, 'line'), width: 1 };
  const axis = { stroke: soft, grid, ticks: { show: false }, font: `12px ${getComputedStyle(element).fontFamily}` };
  return new uPlot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, points: { size: 6 } },
      padding: [8, 4, 0, 0],
      scales: {
        x: { range },
        y: { range: (_, __, max) => [0, Math.max(5, (max ?? 0) * 1.1)] },
      },
      axes: [
        { ...axis, grid: { show: false }, size: 24, values: (_, ticks) => ticks.map(clockOf(ticks)), space: 80 },
        { ...axis, size: 44, space: 32, values: (_, ticks) => ticks.map(short) },
      ],
      series: [{}, ...lines.map((line) => seriesOf(element, line))],
    },
    dataOf(samples.peek(), lines),
    element,
  );
}

/** The last minutes, or as many as there are. */
function range(): [number, number] {
  const all = samples.peek();
  const end = (all.at(-1)?.at ?? Date.now()) / 1000;
  const first = (all[0]?.at ?? Date.now()) / 1000;
  return [Math.max(end - SPAN, Math.min(first, end - LEAST_SPAN)), end];
}

function seriesOf(element: HTMLElement, { name, ink, isDashed, isFilled, isSparse = false }: Line): uPlot.Series {
  const stroke = colourOf(element, ink);
  return {
    label: name,
    stroke,
    width: 1.75,
    dash: isDashed ? [4, 3] : undefined,
    fill: isFilled ? `color-mix(in srgb, ${stroke} 14%, transparent)` : undefined,
    points: { show: isSparse, size: 3, fill: stroke },
    spanGaps: false,
  };
}

/** Hours and minutes, with seconds where the ticks are closer than a minute. */
const clockOf =
  ([first = 0, second = first + 60]: number[]) =>
  (tick: number): string =>
    new Date(tick * 1000).toTimeString().slice(0, second - first < 60 ? 8 : 5);

const short = (value: number): string => (value >= 1000 ? `${value / 1000}k` : String(value));
