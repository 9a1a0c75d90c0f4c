import { isDeepStrictEqual } from 'node:util';
import { chunksOf } from '../commercetools/readers/pages.ts';
import type { History } from './history.ts';
import { turns } from './turns.ts';

/** Milliseconds after which a query shows for certain what was changed before it. */
const QUERY_LAG = 5000;
/** Resources that are read together. */
const READ = 500;

/** Ids of what is not any more as it was written. */
export interface Swept {
  changed: string[];
  gone: string[];
}

/**
 * Returns the function that compares what jobs have written with what they would write now. While a job waited, live traffic may have
 * written something newer, or deleted what the job then made anew, and its message does not come again. One batch is read at a time,
 * however many are under way.
 *
 * The function takes what was written by id. It throws whatever `read` throws.
 *
 * @param read returns what would be written now by id, without what is gone
 */
export function createSweep<T>(
  { patience }: Pick<History, 'patience'>,
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (written: ReadonlyMap<string, T>) => Promise<Swept> {
  const inTurn = turns(1);

  async function compare(written: ReadonlyMap<string, T>): Promise<Swept> {
    const swept: Swept = { changed: [], gone: [] };
    for (const ids of chunksOf([...written.keys()], READ)) {
      const now = await read(ids);
      for (const id of ids) {
        if (!now.has(id)) swept.gone.push(id);
        else if (!isDeepStrictEqual(now.get(id), written.get(id))) swept.changed.push(id);
      }
    }
    return swept;
  }

  return async (written) => {
    if (written.size > 0) await patience.wait(QUERY_LAG);
    return inTurn(() => compare(written));
  };
}
