import { PermanentError } from '../../errors.ts';
import { positionsOf } from '../writers/answers.ts';

/** How a request for many entries is made. */
interface Division<T, R> {
  /** Makes one request for entries. */
  request(entries: readonly T[]): Promise<readonly R[]>;
  /** Returns what is to be said of an entry that is refused. */
  refused(entry: T): readonly R[];
  /** Of so many entries or fewer each is refused, where it is not said which is to blame; 1 by default. More are halved. */
  apart?: number;
}

/**
 * Makes a request for entries; when Klaviyo refuses it, for those that the refusal does not name, and when it names none, for each
 * half. Returns what the requests that were taken return, and what is to be said of entries that are refused.
 *
 * @throws what a request throws that is no refusal
 */
export async function divide<T, R>(entries: readonly T[], division: Division<T, R>): Promise<readonly R[]> {
  const { request, refused, apart = 1 } = division;
  if (entries.length === 0) return [];
  const refusal = await request(entries).catch((error: unknown) => {
    if (error instanceof PermanentError) return error;
    throw error;
  });
  if (!(refusal instanceof PermanentError)) return refusal;
  const named = new Set(positionsOf(refusal.pointers));
  const others = entries.filter((_, index) => !named.has(index));
  if (others.length < entries.length)
    return [...entries.filter((_, index) => named.has(index)).flatMap(refused), ...(await divide(others, division))];
  if (entries.length <= apart) return entries.flatMap(refused);
  const middle = Math.ceil(entries.length / 2);
  return [...(await divide(entries.slice(0, middle), division)), ...(await divide(entries.slice(middle), division))];
}
