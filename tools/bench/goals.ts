import { type Goal, type Judged, judgeBy } from './goal.ts';
import { HISTORY_GOALS } from './history/goals.ts';
import { CPU_CELL, GOAL, type Row } from './measure.ts';
import type { Scenes } from './scenarios.ts';
import type { Starts } from './start.ts';

/** Everything that was measured. */
export interface Measured extends Scenes {
  rows: Row[];
  /** Undefined when it was not asked for. */
  start?: Starts;
}

/** Milliseconds of a call that the goals are about. */
const LATENCY = 50;

const row = ({ rows }: Measured, kind: string, concurrency: number, latency = LATENCY) =>
  rows.find((one) => one.kind === kind && one.latency === latency && one.concurrency === concurrency);

const cpu = (measured: Measured, kind: string) => row(measured, kind, CPU_CELL.concurrency, CPU_CELL.latency)?.load.cpu;

const surge = ({ surges }: Measured, orders: number) => surges.find((one) => one.orders === orders);

/** How much more a big one costs than a small one, for each of what it has more of; 1 is linear. */
const growth = (measured: Measured, [small, few]: [string, number], [big, many]: [string, number]) => {
  const [one, other] = [cpu(measured, small), cpu(measured, big)];
  return one && other && other / many / (one / few);
};

const GOALS: readonly Goal<Measured>[] = [
  { what: 'CPU of an order of 4 lines', unit: 'ms', must: 2.2, aim: 1.5, of: (measured) => cpu(measured, GOAL.kind) },
  {
    what: `orders a second, 4 lines, ${GOAL.concurrency} in flight`,
    unit: '/s',
    must: 250,
    aim: 350,
    isMinimum: true,
    of: (measured) => row(measured, GOAL.kind, GOAL.concurrency)?.load.perSecond,
  },
  {
    // Two round trips: whose events they are, and the events.
    what: 'one order of 4 lines',
    unit: 'ms',
    must: 115,
    aim: 105,
    of: (measured) => row(measured, GOAL.kind, 1)?.load.p50,
  },
  {
    what: 'one customer',
    unit: 'ms',
    must: 60,
    aim: 53,
    of: (measured) => row(measured, 'customer-created', 1)?.load.p50,
  },
  {
    what: 'one product of 5 variants',
    unit: 'ms',
    must: 170,
    aim: 110,
    of: (measured) => row(measured, 'product-5', 1)?.load.p50,
  },
  {
    what: 'start to first acknowledgement, beyond the bare framework',
    unit: 'ms',
    must: 200,
    aim: 80,
    of: ({ start }) => start?.functions[0] && start.functions[0].milliseconds - start.bare.milliseconds,
  },
  { what: 'idle memory', unit: 'MiB', must: 100, aim: 80, of: ({ start }) => start?.functions[0]?.idleMiB },
  {
    what: '2,000 orders at once, Klaviyo’s limits, one process',
    unit: 's',
    must: 15,
    aim: 8,
    of: (measured) => surge(measured, 2000)?.seconds,
  },
  {
    what: '10,000 orders at once, Klaviyo’s limits, four processes',
    unit: 's',
    must: 90,
    aim: 60,
    of: (measured) => surge(measured, 10_000)?.seconds,
  },
  {
    what: 'events lost in surges',
    unit: '',
    must: 0,
    aim: 0,
    of: ({ surges }) => (surges.length > 0 ? surges.reduce((sum, { lost }) => sum + lost, 0) : undefined),
  },
  {
    what: 'CPU of an order of 3.5 lines in a surge',
    unit: 'ms',
    must: 2,
    aim: 1,
    of: (measured) => surge(measured, 2000)?.cpu,
  },
  {
    what: 'an order while 20,000 changes of prices wait in the other lane, p99',
    unit: 'ms',
    must: 1000,
    aim: undefined,
    of: ({ behindPrices }) => behindPrices[0]?.p99,
  },
  {
    what: 'CPU of an event, in an order of 50 lines against one of 4',
    unit: '×',
    must: 1.25,
    aim: undefined,
    of: (measured) => growth(measured, ['order-4', 5], ['order-50', 51]),
  },
  {
    what: 'CPU of a variant, in a product of 100 against one of 5',
    unit: '×',
    must: 1.25,
    aim: undefined,
    of: (measured) => growth(measured, ['product-5', 5], ['product-100', 100]),
  },
];

/** Holds what was measured against the goals, which are about calls of 50 ms. */
export const judge = (measured: Measured): Judged[] => [
  ...judgeBy(GOALS, measured),
  ...judgeBy(HISTORY_GOALS, measured.history),
];
