/** Figures by name. */
export type Figures<K extends string> = Record<K, number>;

/**
 * The value below which a share of the values lies, by the nearest rank; NaN of none.
 *
 * @param share from 0 to 1
 */
export function percentile(values: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * values.length));
  return values.toSorted((one, other) => one - other)[rank - 1] ?? Number.NaN;
}

/** The middle value; of an even number of values the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? Number.NaN) + (sorted[Math.ceil(half)] ?? Number.NaN)) / 2;
}

/** The same figure of several runs: the median of each. */
export const medians = <K extends string>(runs: readonly Figures<K>[], names: readonly K[]): Figures<K> =>
  record(names, (name) => median(runs.map((figures) => figures[name])));

/** The median of the ratios of runs that were made in pairs: below 1 when ours is lower. */
export const ratios = <K extends string>(
  ours: readonly Figures<K>[],
  others: readonly Figures<K>[],
  names: readonly K[],
): Figures<K> =>
  record(names, (name) => median(ours.map((figures, run) => ratio(figures[name], others[run]?.[name] ?? Number.NaN))));

/** None against none is no difference. */
const ratio = (one: number, other: number) => (one === other ? 1 : one / other);

/** An object with a number under each name. */
const record = <K extends string>(names: readonly K[], figure: (name: K) => number) =>
  Object.fromEntries(names.map((name) => [name, figure(name)])) as Figures<K>;
