import { invalidParameter } from './errors.ts';
import type { Condition } from './filter-syntax.ts';
import type { State } from './state.ts';

type Operator = 'equals' | 'any' | 'contains' | 'greater-than' | 'less-than';

/** What a list may be filtered by: for each field its operators and its value, or values, in a record. */
export type Filterable<T> = Record<
  string,
  {
    operators: readonly Operator[];
    of: (record: T, state: State) => unknown;
    /** The records that may have a value, where they are known without looking through all. */
    find?: (value: string, state: State) => readonly T[];
  }
>;

/** Which records are wanted. */
interface Filter<T> {
  matches(record: T): boolean;
  /** Records that hold all that match, where these are known without looking through all. */
  candidates: readonly T[] | undefined;
}

/** Returns what the conditions ask for. Throws 400 when a field does not have them. */
export function filterOf<T>(conditions: readonly Condition[], fields: Filterable<T>, state: State): Filter<T> {
  const tests = conditions.map((condition) => toTest(condition, fields, state));
  const quick = conditions.find(({ operator, field }) => fields[field]?.find && ['equals', 'any'].includes(operator));
  const candidates =
    quick && [quick.value].flat().flatMap((value) => fields[quick.field]?.find?.(String(value), state) ?? []);
  return {
    matches: (record) => tests.every((test) => test(record)),
    candidates: candidates && [...new Set(candidates)],
  };
}

/** Milliseconds since the epoch of a point in time in a filter, UTC where it does not say. Throws 400. */
export function timeOf(value: unknown): number {
  const text = String(value);
  const time = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(time))
    throw invalidParameter(`'${text}' is no time.`, 'filter');
  return time;
}

function toTest<T>({ operator, field, value }: Condition, fields: Filterable<T>, state: State): (record: T) => boolean {
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (known === undefined) throw invalidParameter(`'${field}' is not a valid filter field.`, 'filter');
  if (!known.operators.some((allowed) => allowed === operator) || (operator === 'any') !== Array.isArray(value)) {
    throw invalidParameter(`'${operator}' is not a valid filter for '${field}' with this value.`, 'filter');
  }
  const matches = matcher(operator, value);
  return (record) => [known.of(record, state)].flat().some(matches);
}

function matcher(operator: string, value: unknown): (actual: unknown) => boolean {
  if (operator === 'contains') return (actual) => String(actual).includes(String(value));
  if (operator === 'greater-than' || operator === 'less-than') {
    const bound = timeOf(value);
    const isGreater = operator === 'greater-than';
    return (actual) => (isGreater ? Date.parse(String(actual)) > bound : Date.parse(String(actual)) < bound);
  }
  const wanted = new Set([value].flat());
  return (actual) => wanted.has(actual);
}
