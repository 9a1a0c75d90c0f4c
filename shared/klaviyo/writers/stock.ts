import { setTimeout as sleep } from 'node:timers/promises';
import { type CatalogsApi, CatalogVariantEnum } from 'klaviyo-api';
import { type Attempt, currentAttempt, hasNoTimeLeft, whenOver, withoutWaiting } from '../../attempt.ts';
import { StalePlanError } from '../../errors.ts';
import { createLimit } from '../../http/limit.ts';
import { noTimeLeft } from '../../http/retry.ts';
import type { Stock } from '../writes.ts';
import { catalogId, unlessRefused } from './answers.ts';
import { isShown, readShown } from './shown.ts';

const type = CatalogVariantEnum.CatalogVariant;

/**
 * Writes the stock of variants, which changes more often than anything else. While Klaviyo's limit is reached, changes of one
 * variant that wait are one write, of the stock as it is by then, and a write that would change nothing is not made.
 */
export function stockWriter(api: CatalogsApi) {
  const limit = createLimit();
  const hasWaited = new WeakSet<Attempt>();
  /** The attempt, by variant, that waits for the limit while others wait for that attempt. */
  const leaders = new Map<string, Attempt>();

  /** Writes the stock. A variant that Klaviyo does not have needs none: it comes with its item. */
  async function write(id: string, stock: Stock): Promise<void> {
    const data = { type, id: catalogId(id), attributes: { ...stock } };
    const answer = await unlessRefused(api.updateCatalogVariant(catalogId(id), { data }), undefined, 404);
    if (answer) limit.read(answer.response.headers);
  }

  /** Returns whether the stock was written while the limit was not reached. */
  async function isWritten(id: string, stock: Stock): Promise<boolean> {
    if (limit.wait() > 0 || leaders.has(id)) return false;
    try {
      await withoutWaiting(() => write(id, stock));
      return true;
    } catch (error) {
      if (limit.isReached(error)) return false;
      throw error;
    }
  }

  /**
   * Waits until Klaviyo takes writes again; if another attempt waits with a stock of the variant, until that attempt is over.
   *
   * @throws RetryableError when this attempt would have no time left by then
   */
  async function turn(id: string): Promise<void> {
    const attempt = currentAttempt();
    const { signal } = attempt.over;
    const leader = leaders.get(id);
    const wait = leader ? 0 : limit.wait();
    if (hasNoTimeLeft(attempt, wait)) throw noTimeLeft();
    if (leader) return follow(leader, attempt);
    leaders.set(id, attempt);
    signal.addEventListener('abort', () => leaders.delete(id));
    await sleep(wait, undefined, { signal });
  }

  /** Waits until another attempt is over. Throws RetryableError when this attempt is over before that. */
  async function follow(leader: Attempt, attempt: Attempt): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const forget = whenOver(attempt, () => reject(noTimeLeft()));
    leader.over.signal.addEventListener('abort', () => resolve());
    await promise.finally(forget);
  }

  /** Writes the stock of a variant if Klaviyo shows another one. Returns whether that was so. */
  async function change(id: string, stock: Stock): Promise<boolean> {
    const shown = await readShown(api.getCatalogVariant(catalogId(id)));
    if (!shown || isShown(stock, shown)) return false;
    await write(id, stock);
    return true;
  }

  return {
    change,

    /**
     * Sets the stock of a variant. Returns whether it was written.
     *
     * @throws StalePlanError once an attempt, when Klaviyo's limit had to be waited for: the stock may be another by now
     */
    async set(id: string, stock: Stock): Promise<boolean> {
      const attempt = currentAttempt();
      if (hasWaited.has(attempt)) return change(id, stock);
      if (await isWritten(id, stock)) return true;
      hasWaited.add(attempt);
      await turn(id);
      throw new StalePlanError('the stock may have changed while Klaviyo’s limit was waited for');
    },
  };
}
