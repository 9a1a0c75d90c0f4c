import { invalidParameter } from './errors.ts';

/** One condition of a filter: `greater-than(created,2026-01-01T00:00:00Z)`. */
export interface Condition {
  operator: string;
  field: string;
  value: unknown;
}

/** The conditions of a list's `filter`; none where there is none. Throws 400. */
export const conditionsIn = (filter: string | null): Condition[] => (filter === null ? [] : parseFilter(filter));

const WORD = /[a-z][a-z-]*/y;
const FIELD = /[A-Za-z_$][\w.$-]*/y;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy;
const BARE = /[^\s,()[\]"']+/y;

/**
 * The conditions of Klaviyo's filter expression, such as `equals(email,"a@example.org")` or `any(ids,['1','2'])`; several are
 * separated by commas and all have to hold. Throws 400 when it cannot be understood.
 */
export function parseFilter(expression: string): Condition[] {
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
