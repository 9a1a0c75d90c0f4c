import type { OrdersMeanwhile } from './behind-prices.ts';
import { COUNTS, type Counts } from './counts.ts';
import type { Judged } from './goal.ts';
import { LOAD, type Load } from './load.ts';
import type { Row } from './measure.ts';
import type { Starts } from './start.ts';
import type { Surged } from './surge.ts';

const LOAD_TITLES: Record<keyof Load, string> = {
  perSecond: 'messages/s',
  p50: 'p50 ms',
  p99: 'p99 ms',
  cpu: 'CPU ms',
  newConnections: 'new conn.',
  peakMiB: 'peak MiB',
};

const COUNT_TITLES: Record<keyof Counts, string> = {
  commercetools: 'commercetools',
  klaviyo: 'Klaviyo',
  roundTrips: 'round trips',
  newConnections: 'new conn.',
};

/** A number with three digits that say something; a dash for none. */
export function short(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

/** Lines of columns, the first one to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => line(row).join('  ').trimEnd()).join('\n');
}

/** The rows that were measured; with the ratio to the other checkout behind each figure, if there is one. */
export function loadTable(rows: readonly Row[]): string {
  const counted = COUNTS.filter((name) => name !== 'newConnections');
  const titles = [...counted.map((name) => COUNT_TITLES[name]), ...LOAD.map((name) => LOAD_TITLES[name])];
  const line = ({ kind, latency, concurrency, counts, load, other }: Row) => [
    kind,
    String(latency),
    String(concurrency),
    ...counted.map((name) => short(counts[name]) + (other ? ` (${short(other.counts[name])})` : '')),
    ...LOAD.map((name) => short(load[name]) + (other ? ` ×${short(other.ratios[name])}` : '')),
  ];
  return table([['kind', 'call ms', 'in flight', ...titles], ...rows.map(line)]);
}

/** What each kind costs, whatever the machine. */
export const countTable = (counts: Record<string, Counts>): string =>
  table([
    ['kind', ...COUNTS.map((name) => COUNT_TITLES[name])],
    ...Object.entries(counts).map(([kind, of]) => [kind, ...COUNTS.map((name) => short(of[name]))]),
  ]);

/** Starts; the other checkout's come last. */
export const startTable = ({ bare, functions }: Starts): string =>
  table([
    ['start', 'first acknowledgement ms', 'idle MiB'],
    ...[bare, ...functions].map(({ milliseconds, idleMiB }, index) => [
      ['bare framework', 'ours', 'other'][index] ?? '',
      short(milliseconds),
      short(idleMiB),
    ]),
  ]);

/** The surges; another checkout's come last. */
export const surgeTable = (surges: readonly Surged[]): string =>
  table([
    [
      ...['order-surge', 'processes', 'in flight each', 'all in after s', 'p50 s', 'p99 s', 'CPU ms', 'deliveries'],
      ...['single calls', 'bulk calls', 'refused', 'lost', 'peak MiB'],
    ],
    ...surges.map(({ orders, processes, concurrency, seconds, p50Seconds, p99Seconds, cpu, attempts, ...others }) => [
      ...[orders, processes, concurrency, seconds, p50Seconds, p99Seconds, cpu, attempts].map(short),
      ...[others.single, others.bulk, others.refused, others.lost, others.peakMiB].map(short),
    ]),
  ]);

/** Orders while prices change; another checkout's come last. */
export const behindPricesTable = (rows: readonly OrdersMeanwhile[]): string =>
  table([
    ['order-behind-prices', 'orders', 'p50 ms', 'p99 ms', 'prices done'],
    ...rows.map(({ prices, orders, p50, p99, done }) => [prices, orders, p50, p99, done].map(short)),
  ]);

const mark = (isReached: boolean | undefined) => (isReached === undefined ? ' ' : isReached ? '✓' : '✗');

/** The goals with what was measured. */
export const goalTable = (goals: readonly Judged[]): string =>
  table([
    ['goal', 'measured', 'must', 'aim'],
    ...goals.map(({ what, unit, value, must, aim, isMust, isAim }) => [
      what,
      value === undefined ? 'not measured' : `${short(value)} ${unit}`,
      `${short(must)} ${mark(isMust)}`,
      `${short(aim)} ${mark(isAim)}`,
    ]),
  ]);
