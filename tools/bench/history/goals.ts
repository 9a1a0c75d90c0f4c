import type { Goal } from '../goal.ts';
import type { Kept } from './account.ts';
import type { HistoryScenes } from './index.ts';

const largest = ({ backfills }: HistoryScenes) => backfills.at(-1);

/** The most of several figures; undefined of none. */
const most = (figures: readonly number[]) => (figures.length > 0 ? Math.max(...figures) : undefined);

/** What Klaviyo had of each past that was written, killed or not. */
const kept = ({ backfills, killed }: HistoryScenes): Kept[] => [...backfills, ...(killed ? [killed] : [])];

/** What backfill and reconcile have to reach, by calls of 50 ms and Klaviyo's limits. */
export const HISTORY_GOALS: readonly Goal<HistoryScenes>[] = [
  {
    what: 'backfill: requests in bulk in a full minute, of Klaviyo’s 150',
    unit: '',
    must: 142,
    aim: undefined,
    isMinimum: true,
    of: (scenes) => {
      const { minutes = [] } = largest(scenes) ?? {};
      return minutes.length > 0 ? Math.min(...minutes) : undefined;
    },
  },
  {
    what: 'backfill: requests in bulk that Klaviyo refused for its limits',
    unit: '%',
    must: 1,
    aim: 0,
    of: ({ backfills }) => most(backfills.map(({ bulkRefused }) => bulkRefused)),
  },
  {
    what: 'backfill: all calls that Klaviyo refused for its limits',
    unit: '%',
    must: 1,
    aim: 0,
    of: ({ backfills }) => most(backfills.map(({ refused }) => refused)),
  },
  {
    what: 'backfill: orders of 3.5 lines a request',
    unit: '',
    must: 150,
    aim: undefined,
    isMinimum: true,
    of: (scenes) => {
      const { orders = Number.NaN, bulk = Number.NaN } = largest(scenes) ?? {};
      return Number.isNaN(bulk) ? undefined : orders / bulk;
    },
  },
  { what: 'backfill: CPU of an order', unit: 'ms', must: 1, aim: undefined, of: (scenes) => largest(scenes)?.cpu },
  {
    what: 'backfill: peak memory',
    unit: 'MiB',
    must: 768,
    aim: undefined,
    of: ({ backfills }) => most(backfills.map(({ peakMiB }) => peakMiB)),
  },
  {
    what: 'backfill: until it goes on after it was killed',
    unit: 's',
    must: 60,
    aim: undefined,
    of: ({ killed }) => killed?.resumed,
  },
  {
    what: 'backfill: requests in bulk, killed ten times, against the least',
    unit: '×',
    must: 1.05,
    aim: undefined,
    of: ({ killed }) => killed && killed.bulk / killed.least,
  },
  {
    what: 'backfill: events of history that Klaviyo has, without flows',
    unit: '%',
    must: 100,
    aim: undefined,
    isMinimum: true,
    of: (scenes) => {
      const shares = kept(scenes).map(({ expected, lost, loud }) => (100 * (expected - lost - loud)) / expected);
      return shares.length > 0 ? Math.min(...shares) : undefined;
    },
  },
  {
    what: 'backfill: events younger than the cut-off, or of nobody',
    unit: '',
    must: 0,
    aim: undefined,
    of: (scenes) => most(kept(scenes).map(({ strange }) => strange)),
  },
  {
    what: 'backfill: calls of live traffic refused beside it, more than without',
    unit: '',
    must: 0,
    aim: undefined,
    of: ({ beside: [without, beside] }) => without && beside && beside.refused - without.refused,
  },
  {
    what: 'reconcile: five years of orders, equal on both sides',
    unit: 's',
    must: 60,
    aim: undefined,
    of: ({ reconciled }) => reconciled?.seconds,
  },
];
