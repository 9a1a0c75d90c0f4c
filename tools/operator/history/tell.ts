import { styleText } from 'node:util';
import type { Difference, Reason } from '../../../shared/history/history.ts';
import type { ReadableReport, Row } from '../../../shared/history/report.ts';
import { table } from '../support/table.ts';
import { grouped } from './gauge.ts';

/** How many differences of a row are told by name. */
const NAMED = 20;

/** The rows that come first, in words. The others have the names of metrics. */
const SUBJECTS: Record<string, string> = {
  category: 'categories',
  item: 'items',
  variant: 'variants',
  profile: 'profiles',
};

/** Why something stays as it is, in words. */
const REASONS: Record<Reason, string> = {
  dropped: 'dropped by the extension',
  erased: 'of somebody erased',
  nobody: 'of nobody',
  refused: 'refused address',
  shared: 'address of another customer, too',
};

/**
 * The report as it is printed: a table, the fields that differ, the first differences by name, and the verdict.
 *
 * @param isWhole whether the run came to its end
 */
export function reportText(report: ReadableReport, isWhole: boolean): string {
  const names = Object.keys(SUBJECTS);
  const placeOf = ({ subject }: Row) => (names.includes(subject) ? names.indexOf(subject) : names.length);
  const rows = report.rows().sort((one, other) => placeOf(one) - placeOf(other));
  return [tableOf(rows), ...rows.flatMap(fieldsOf), ...rows.flatMap(namesOf), verdict(report, isWhole)].join('\n');
}

function tableOf(rows: readonly Row[]): string {
  const header = ['', 'commercetools', 'Klaviyo', 'missing', 'extra', 'differing', 'repaired', 'known'];
  const cells = rows.map(({ subject, commercetools, klaviyo, counts, repaired, reasons }) => [
    nameOf(subject),
    ...[commercetools, klaviyo].map((count) => (count === undefined ? '-' : grouped(count))),
    ...[counts.missing, counts.extra, counts.differing, repaired].map(grouped),
    [...reasons].map(([reason, count]) => `${grouped(count)} ${REASONS[reason]}`).join(', '),
  ]);
  return table(header, cells);
}

const nameOf = (subject: string): string => SUBJECTS[subject] ?? subject;

function fieldsOf({ subject, fields }: Row): string[] {
  const often = [...fields].sort(([, one], [, other]) => other - one);
  const text = often.map(([field, count]) => `${field} ${grouped(count)}`).join(', ');
  return text ? [`Fields of ${nameOf(subject)} that differ: ${text}`] : [];
}

function namesOf({ subject, counts, differences }: Row): string[] {
  const named = differences.slice(0, NAMED);
  const more = counts.missing + counts.extra + counts.differing - named.length;
  return [
    ...named.map(lineOf),
    ...(more > 0 ? [`${grouped(more)} more of ${nameOf(subject)}: --json FILE has all of them`] : []),
  ];
}

const lineOf = ({ subject, what, id, uniqueId, fields = [] }: Difference): string =>
  [`${what}: ${subject} ${id}`, ...(uniqueId ? [`unique id ${uniqueId}`] : []), ...fields].join(', ');

function verdict(report: ReadableReport, isWhole: boolean): string {
  if (isWhole && report.isEqual()) return styleText('green', 'Both sides agree.');
  const all = report.rows().flatMap(({ counts }) => Object.values(counts));
  const count = all.reduce((sum, one) => sum + one, 0);
  const differences = `${grouped(count)} ${count === 1 ? 'difference' : 'differences'}`;
  const early = 'It ended early: not all was looked at.';
  return styleText(
    'red',
    isWhole ? `${differences}.` : [early, ...(count > 0 ? [`${differences} so far.`] : [])].join(' '),
  );
}
