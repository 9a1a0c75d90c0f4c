import pMap from 'p-map';
import { InvalidMessageError } from '../errors.ts';
import type { Difference, History, Kind, Subject } from './history.ts';

/** Reads at once. */
const CONCURRENCY = 4;

/** commercetools' ids are UUIDs: a query for any other would be refused. */
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Returns whether an id can be one of commercetools'. */
export const isId = (id: string): boolean => ID.test(id);

/** Where a subject is looked for that only Klaviyo has. */
export interface ExtrasOptions {
  kind: Kind;
  subject: Subject;
  /** What Klaviyo has, by commercetools' ids, page by page. */
  pages: AsyncIterable<readonly string[]>;
  /** Returns those that commercetools has, by a query, which may lag behind. */
  query(ids: readonly string[]): Promise<{ id: string }[]>;
  /** Returns whether commercetools has one, as it is now. */
  isThere(id: string): Promise<boolean>;
  /** Takes what only Klaviyo has. */
  take(extra: Difference): Promise<void>;
}

/** Finds what only Klaviyo has. What commercetools has is there even if it lacks what the mapping needs. */
export async function findExtras(
  { patience, progress, report }: Pick<History, 'patience' | 'progress' | 'report'>,
  { kind, subject, pages, query, isThere, take }: ExtrasOptions,
): Promise<void> {
  const lookAt = async (id: string): Promise<void> => {
    if (
      isId(id) &&
      (await unlessMalformed(
        patience.persist(() => isThere(id)),
        true,
      ))
    )
      return;
    report.count(subject, { klaviyo: 1 });
    await take({ subject, what: 'extra', id });
  };
  progress.say(kind, 'looking for what only Klaviyo has');
  for await (const ids of pages) {
    const found = await unlessMalformed(
      patience.persist(() => query(ids.filter(isId))),
      [],
    );
    const known = new Set(found.map(({ id }) => id));
    await pMap(
      ids.filter((id) => !known.has(id)),
      lookAt,
      { concurrency: CONCURRENCY },
    );
  }
}

async function unlessMalformed<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof InvalidMessageError) return otherwise;
    throw error;
  }
}
