/** The most that commercetools gives in one page. */
const PAGE = 500;

/** Ids that a query names, at most. Keeps its URL under 8 KB: an id takes 45 characters in it. */
export const IDS_A_QUERY = 100;

/** Returns a list in chunks of the given size. */
export const chunksOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));

/** Keeps the URL of a query under 8 KB, with room for the rest of it. */
const SKU_CHARACTERS = 6000;
const VARIABLE = '&var.skus='.length;

/** Returns SKUs in chunks that a query can name, as the variable `skus`. */
export function chunksOfSkus(skus: readonly string[]): string[][] {
  const chunks: string[][] = [];
  let left = 0;
  for (const sku of skus) {
    const length = encodeURIComponent(sku).length + VARIABLE;
    if (length > left) {
      chunks.push([]);
      left = SKU_CHARACTERS;
    }
    chunks.at(-1)?.push(sku);
    left -= length;
  }
  return chunks;
}

/** The part of a query that asks for one page. */
export interface PageQuery {
  where: string[];
  sort: string;
  limit: number;
  'var.after'?: string;
}

/**
 * Yields the results of a query page by page. Pages follow one another by id: commercetools ends offsets at 10,000.
 *
 * @param where the predicate that all results meet
 * @param read reads one page
 * @param size results a page, at most
 */
export async function* eachPage<T extends { id: string }>(
  where: string[],
  read: (page: PageQuery) => Promise<T[]>,
  size = PAGE,
): AsyncGenerator<T[], void> {
  for (let after: string | undefined; ; ) {
    const cursor = after ? { where: [...where, 'id > :after'], 'var.after': after } : { where };
    const page = await read({ ...cursor, sort: 'id asc', limit: size });
    yield page;
    if (page.length < size) return;
    after = page.at(-1)?.id;
  }
}

/** Returns the results of every page of a query, which is asked as `eachPage` asks. */
export async function allPages<T extends { id: string }>(...query: Parameters<typeof eachPage<T>>): Promise<T[]> {
  return (await Array.fromAsync(eachPage<T>(...query))).flat();
}
