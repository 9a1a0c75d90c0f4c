import { short, table } from '../table.ts';
import type { HistoryScenes } from './index.ts';

/** What backfill and reconcile took, a table for each scenario that was measured. */
export const historyTables = ({ backfills, killed, beside, reconciled }: HistoryScenes): string[] => [
  ...(backfills.length > 0 ? [backfillTable(backfills)] : []),
  ...(killed ? [killedTable(killed)] : []),
  ...(beside.length > 0 ? [besideTable(beside)] : []),
  ...(reconciled ? [reconcileTable(reconciled)] : []),
];

const backfillTable = (rows: HistoryScenes['backfills']) =>
  table([
    [
      ...[
        'backfill',
        'days',
        'all in after s',
        'bulk calls',
        'orders a call',
        'in full minutes',
        'bulk 429 %',
        '429 %',
      ],
      ...['CPU ms', 'peak MiB', 'events', 'lost', 'loud', 'strange'],
    ],
    ...rows.map(({ orders, days, seconds, bulk, minutes, bulkRefused, refused, ...others }) => [
      ...[orders, days, seconds, bulk, orders / bulk].map(short),
      minutes.join(' ') || '–',
      ...[bulkRefused, refused, others.cpu, others.peakMiB].map(short),
      ...[others.expected, others.lost, others.loud, others.strange].map(short),
    ]),
  ]);

const killedTable = ({ orders, kills, bulk, least, resumed, ...kept }: NonNullable<HistoryScenes['killed']>) =>
  table([
    ['backfill, killed', 'kills', 'bulk calls', 'without a kill', '×', 'goes on after s', 'lost', 'loud', 'strange'],
    [orders, kills, bulk, least, bulk / least, resumed, kept.lost, kept.loud, kept.strange].map(short),
  ]);

const besideTable = (rows: HistoryScenes['beside']) =>
  table([
    ['live traffic', 'orders', 'a second', 'calls', 'refused', 'p50 ms', 'p99 ms', 'bulk calls of both'],
    ...rows.map(({ isBeside, orders, perSecond, calls, refused, p50, p99, bulk }) => [
      isBeside ? 'beside backfill' : 'alone',
      ...[orders, perSecond, calls, refused, p50, p99, bulk].map(short),
    ]),
  ]);

const reconcileTable = ({ orders, days, seconds, commercetools, klaviyo }: NonNullable<HistoryScenes['reconciled']>) =>
  table([
    ['reconcile', 'days', 's', 'commercetools', 'Klaviyo'],
    [orders, days, seconds, commercetools, klaviyo].map(short),
  ]);
