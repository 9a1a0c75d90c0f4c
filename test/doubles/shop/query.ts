/** A resource as far as a query's result cares. */
export type Result = Record<string, unknown> & { id: string };

/** A page of results, as commercetools answers a query. */
export interface Page {
  limit: number;
  offset: number;
  count: number;
  total: number;
  results: Result[];
}

/** The most that commercetools gives in one page. */
export const MAXIMUM_LIMIT = 500;

/**
 * Gives what the mock is asked instead of the caller's query: all that matches, since it does not sort queries over
 * HTTP. `staged=false` is left out as the mock takes any text for yes, and a variable of several values is written
 * into the predicate as a list, since the mock loses those beyond the twentieth.
 */
export function queryForMock(query: URLSearchParams): URLSearchParams {
  const forwarded = new URLSearchParams({ limit: '1000000' });
  if (query.get('staged') === 'true') forwarded.set('staged', 'true');
  for (const where of query.getAll('where')) forwarded.append('where', inlineLists(where, query));
  for (const name of query.keys()) {
    const values = query.getAll(name);
    if (name.startsWith('var.') && values.length === 1) forwarded.set(name, values[0] ?? '');
  }
  return forwarded;
}

function inlineLists(where: string, query: URLSearchParams): string {
  return where.replace(/:([-\w]+)/g, (variable, name) => {
    const values = query.getAll(`var.${name}`);
    return values.length > 1 ? `(${values.map((value) => JSON.stringify(value)).join(',')})` : variable;
  });
}

/** Cuts the page that the caller asked for out of all results: 20 without a limit, sorted by all `sort` clauses. */
export function toPage(results: Result[], query: URLSearchParams): Page {
  const limit = Number(query.get('limit') ?? 20);
  const offset = Number(query.get('offset') ?? 0);
  const sorted = [...results].sort((one, other) => compare(one, other, query.getAll('sort')));
  const page = sorted.slice(offset, offset + limit);
  return { limit, offset, count: page.length, total: results.length, results: page };
}

function compare(one: Result, other: Result, clauses: string[]): number {
  for (const clause of clauses) {
    const [field = 'id', direction] = clause.split(' ');
    const [left, right] = [String(one[field]), String(other[field])];
    if (left !== right) return left < right === (direction !== 'desc') ? -1 : 1;
  }
  return 0;
}
