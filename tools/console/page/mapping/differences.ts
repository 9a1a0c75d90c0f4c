import type { Plan, PlannedWrite } from '../../api.ts';

/** A value of a write before and after; undefined where there is none. */
export interface Difference {
  /** Such as `event.properties.Items`. */
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/** A write of either plan, and how it differs. */
export interface Compared {
  kind: string;
  target: string;
  before?: PlannedWrite;
  after?: PlannedWrite;
  differences: Difference[];
}

const keyOf = ({ kind, target }: PlannedWrite): string => `${kind} ${target}`;

/** Puts the writes of both plans beside each other: by kind and target, and by their turn where these are the same. */
export function compare(before: Plan | undefined, after: Plan | undefined): Compared[] {
  const left = Map.groupBy(before?.writes ?? [], keyOf);
  const right = Map.groupBy(after?.writes ?? [], keyOf);
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].flatMap((key) => {
    const [olds = [], news = []] = [left.get(key), right.get(key)];
    const count = Math.max(olds.length, news.length);
    return Array.from({ length: count }, (_, index) => pairOf(olds[index], news[index])).filter(
      (pair) => pair !== undefined,
    );
  });
}

function pairOf(before: PlannedWrite | undefined, after: PlannedWrite | undefined): Compared | undefined {
  const one = before ?? after;
  if (!one) return undefined;
  const differences = before && after ? differencesOf(before.write, after.write) : [];
  return { kind: one.kind, target: one.target, before, after, differences };
}

/** What is not the same in two values, by path. */
function differencesOf(before: unknown, after: unknown): Difference[] {
  const [olds, news] = [leaves(before), leaves(after)];
  return [...new Set([...olds.keys(), ...news.keys()])]
    .filter((path) => olds.get(path) !== news.get(path))
    .map((path) => ({ path, before: olds.get(path), after: news.get(path) }));
}

/** Every value that holds no other, as JSON, by its path. */
function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) found.set(path, JSON.stringify(value));
  for (const [name, inner] of entries) leaves(inner, path === '' ? name : `${path}.${name}`, found);
  return found;
}
