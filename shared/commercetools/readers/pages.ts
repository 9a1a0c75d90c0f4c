/** The most that commercetools gives in one page. */
const PAGE = 500;

/** The part of a query that asks for one page. */
interface PageQuery {
  where: string[];
  sort: string;
  limit: number;
  'var.after'?: string;
}

/**
 * Returns the results of every page of a query. Pages follow one another by id: commercetools ends offsets at 10,000.
 *
 * @param where the predicate that all results meet
 * @param read reads one page
 */
export async function allPages<T extends { id: string }>(
  where: string[],
  read: (page: PageQuery) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let after: string | undefined; ; after = found.at(-1)?.id) {
    const cursor = after ? { where: [...where, 'id > :after'], 'var.after': after } : { where };
    const page = await read({ ...cursor, sort: 'id asc', limit: PAGE });
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}
