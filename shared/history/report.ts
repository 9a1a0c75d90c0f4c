import type { Difference, Reason, Report, Subject } from './history.ts';

/** How many differences of a row are kept to be told; all of them are counted. */
const KEPT = 1000;

/** What was found out about one subject. */
export interface Row {
  subject: Subject;
  /** How many there are on either side, with what was repaired; undefined where nobody counted. */
  commercetools?: number;
  klaviyo?: number;
  /** How many differences there are still to mend. */
  counts: Record<Difference['what'], number>;
  /** How often each field differs. */
  fields: ReadonlyMap<string, number>;
  /** How many differences are as they should be. */
  reasons: ReadonlyMap<Reason, number>;
  /** How many differences are none any more. */
  repaired: number;
  /** Some of those that are still to mend, the oldest first. */
  differences: readonly Difference[];
}

/** A line of what is written down: a difference when it was found, and once more when it was repaired. */
export type Line = Difference & { repaired?: true };

/** A report that can be read. */
export interface ReadableReport extends Report {
  /** Returns a row for each subject that was counted or differs, in the order in which they came up. */
  rows(): Row[];
  /** Returns whether nothing is left to mend. */
  isEqual(): boolean;
}

/**
 * Returns an empty report. However many differences there are, it keeps no more than a few of them.
 *
 * @param options.write takes each difference when it is found, and again when it is repaired
 * @param options.kept how many differences of a row to keep at most
 */
export function createReport({ write = (_: Line) => {}, kept = KEPT } = {}): ReadableReport {
  const rows = new Map<Subject, ReturnType<typeof emptyRow>>();

  function rowOf(subject: Subject) {
    const row = rows.get(subject) ?? emptyRow(subject);
    rows.set(subject, row);
    return row;
  }

  /** Counts a difference, or takes it back. */
  function tally({ subject, what, fields = [], reason }: Difference, by: 1 | -1) {
    const row = rowOf(subject);
    if (reason) return add(row.reasons, reason, by);
    row.counts[what] += by;
    for (const field of fields) add(row.fields, field, by);
  }

  return {
    count(subject, { commercetools, klaviyo, repaired = 0 }) {
      const row = rowOf(subject);
      if (commercetools !== undefined) row.commercetools = (row.commercetools ?? 0) + commercetools;
      if (klaviyo !== undefined) row.klaviyo = (row.klaviyo ?? 0) + klaviyo;
      row.repaired += repaired;
    },
    add(difference) {
      const { differences } = rowOf(difference.subject);
      tally(difference, 1);
      if (!difference.reason && differences.size < kept) differences.set(keyOf(difference), difference);
      write(difference);
    },
    remove(difference) {
      const row = rowOf(difference.subject);
      tally(difference, -1);
      row.repaired++;
      row.gained += GAINED[difference.what];
      row.differences.delete(keyOf(difference));
      write({ ...difference, repaired: true });
    },
    rows: () =>
      [...rows.values()].map(({ klaviyo, gained, differences, ...row }) => ({
        ...row,
        klaviyo: klaviyo === undefined ? undefined : klaviyo + gained,
        differences: [...differences.values()],
      })),
    isEqual: () => [...rows.values()].every(({ counts }) => Object.values(counts).every((count) => count === 0)),
  };
}

/** How many more Klaviyo has when a difference is repaired. */
const GAINED: Record<Difference['what'], number> = { missing: 1, extra: -1, differing: 0 };

const emptyRow = (subject: Subject) => ({
  subject,
  commercetools: undefined as number | undefined,
  klaviyo: undefined as number | undefined,
  counts: { missing: 0, extra: 0, differing: 0 },
  fields: new Map<string, number>(),
  reasons: new Map<Reason, number>(),
  repaired: 0,
  gained: 0,
  differences: new Map<string, Difference>(),
});

function add<K>(counts: Map<K, number>, key: K, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

const keyOf = ({ what, id, uniqueId = '' }: Difference): string => JSON.stringify([what, id, uniqueId]);
