import { type Amount, type Effort, estimate, hoursOfAll } from '../../../shared/history/estimate.ts';
import type { Options } from '../../../shared/history/history.ts';
import type { Survey } from '../../../shared/history/survey.ts';
import { table } from '../support/table.ts';
import { grouped } from './gauge.ts';
import { told } from './options.ts';

/** What a run will do, and what it will cost at the most. */
export function planText({ volume, newProfiles }: Survey, options: Options & { share: number }): string {
  const { only, since, until, repair } = options;
  const efforts = estimate(volume, options);
  const rowOf = (name: string, { all, missing }: Amount, cost: readonly string[]) => [
    name,
    grouped(all),
    ...(repair ? [grouped(missing)] : []),
    ...cost,
  ];
  const rows = only.flatMap((kind) => [
    rowOf(kind, volume[kind], costOf(efforts[kind])),
    ...(kind === 'products' ? [rowOf('  variants', volume.variants, [])] : []),
  ]);
  const total = sumOf(Object.values(efforts), hoursOfAll(efforts));
  return [
    `${since === undefined ? 'All of the past' : `From ${told(since)}`} up to ${told(until)}. What is younger than an hour belongs to live traffic.`,
    table(
      ['', 'commercetools', ...(repair ? ['to write'] : []), 'requests', 'GB', 'takes up to'],
      [...rows, ['all', '', ...(repair ? [''] : []), ...costOf(total)]],
    ),
    ...(repair ? [profilesText(newProfiles)] : []),
    'Estimated by counts, and by a page of each kind.',
  ].join('\n');
}

function profilesText({ customers, guests }: Survey['newProfiles']): string {
  if (customers + guests === 0) return 'No new profiles.';
  return `New profiles, each of which Klaviyo bills: about ${grouped(customers)} of customers, up to ${grouped(guests)} of guests.`;
}

/** Returns hours as people read them, never less than they are: `12 min`, `3.7 h`. */
export function hoursText(hours: number): string {
  const minutes = Math.max(1, Math.ceil(hours * 60));
  return minutes < 120 ? `${minutes} min` : `${(Math.ceil(hours * 10) / 10).toFixed(1)} h`;
}

const costOf = ({ requests, gigabytes, hours }: Effort): string[] => [
  grouped(requests),
  gigabytes.toFixed(gigabytes < 10 ? 1 : 0),
  hoursText(hours),
];

const sumOf = (efforts: readonly Effort[], hours: number): Effort => ({
  requests: efforts.reduce((sum, one) => sum + one.requests, 0),
  gigabytes: efforts.reduce((sum, one) => sum + one.gigabytes, 0),
  hours,
});
