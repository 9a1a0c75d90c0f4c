import { invalidParameter } from './errors.ts';

/** What a list may be filtered by: for each field its operators and its value, or values, in a record. */
export type Filterable<T> = Record<string, { operators: readonly Operator[]; of: (record: T) => unknown }>;

type Operator = 'equals' | 'any' | 'contains';

interface Condition {
  operator: string;
  field: string;
  value: unknown;
}

/**
 * The records that meet Klaviyo's filter expression, such as `equals(email,"a@example.org")` or `any(ids,['1','2'])`;
 * several conditions are separated by commas and all have to hold. Throws 400 when it cannot be understood.
 */
export function filterRecords<T>(records: T[], expression: string | null, fields: Filterable<T>): T[] {
  if (expression === null) return records;
  const tests = parse(expression).map((condition) => toTest(condition, fields));
  return records.filter((record) => tests.every((test) => test(record)));
}

function toTest<T>({ operator, field, value }: Condition, fields: Filterable<T>): (record: T) => boolean {
  const known = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (known === undefined) throw invalidParameter(`'${field}' is not a valid filter field.`, 'filter');
  if (!known.operators.some((allowed) => allowed === operator) || (operator === 'any') !== Array.isArray(value)) {
    throw invalidParameter(`'${operator}' is not a valid filter for '${field}' with this value.`, 'filter');
  }
  const wanted = [value].flat();
  const matches =
    operator === 'contains'
      ? (actual: unknown) => String(actual).includes(String(value))
      : (actual: unknown) => wanted.includes(actual);
  return (record) => [known.of(record)].flat().some(matches);
}

const WORD = /[a-z][a-z-]*/y;
const FIELD = /[A-Za-z_$][\w.$-]*/y;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy;
const BARE = /[^\s,()[\]"']+/y;

function parse(expression: string): Condition[] {
  let at = 0;

  function token(pattern: RegExp): string | undefined {
    while (expression[at] === ' ') at += 1;
    pattern.lastIndex = at;
    const found = pattern.exec(expression)?.[0];
    at += found?.length ?? 0;
    return found;
  }

  function expect(pattern: RegExp): string {
    const found = token(pattern);
    if (found === undefined) throw invalidParameter(`Invalid filter at character ${at + 1}.`, 'filter');
    return found;
  }

  function condition(): Condition {
    const operator = expect(WORD);
    expect(/\(/y);
    const field = expect(FIELD);
    expect(/,/y);
    const value = token(/\[/y) === undefined ? single() : list();
    expect(/\)/y);
    return { operator, field, value };
  }

  function list(): unknown[] {
    const values = [single()];
    while (token(/,/y) !== undefined) values.push(single());
    expect(/\]/y);
    return values;
  }

  function single(): unknown {
    const quoted = token(QUOTED);
    return quoted === undefined ? literal(expect(BARE)) : quoted.slice(1, -1).replaceAll(/\\(.)/gs, '$1');
  }

  const conditions = [condition()];
  while (token(/,/y) !== undefined) conditions.push(condition());
  expect(/$/y);
  return conditions;
}

function literal(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
