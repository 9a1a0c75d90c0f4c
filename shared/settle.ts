import { isDeepStrictEqual } from 'node:util';
import { RetryableError, StalePlanError } from './errors.ts';
import type { Write } from './klaviyo/writes.ts';

/**
 * Whether a write is a snapshot: it could overwrite something newer, so we read and plan again after it. Events are immutable,
 * creates fail on conflict, an erasure is never repeated, and an identification looks again itself, as do a subscription and an
 * event that tells of its buyer: none of them can overwrite anything newer unnoticed.
 */
const IS_SNAPSHOT = {
  createProfile: false,
  createEvent: false,
  identify: false,
  eraseProfile: false,
  subscribe: false,
  unsubscribe: false,
  upsertProfile: true,
  upsertCategory: true,
  deleteCategory: true,
  upsertItem: true,
  unpublishItem: true,
  deleteItem: true,
  setInventory: true,
} satisfies Record<Write['kind'], boolean>;

/** After so many the message is delivered again: by then the resource has come to rest, or the newest message is at work. */
const ROUNDS = 10;

/**
 * Applies a plan and checks whether it still holds: between our read and our write, another message may have brought a
 * newer state to Klaviyo, which our older snapshot has overwritten. So the plan is made again after it was applied, and
 * applied again until nothing has changed. The last write to arrive is then always a snapshot of now, in whatever order
 * messages are delivered and however many processes work on them.
 *
 * @param replan makes the plan from the resource as it is now; gets the writes of the last round
 * @param apply carries a plan out and returns the writes that it made: where Klaviyo had everything, nothing was overwritten
 * @throws whatever `replan` and `apply` throw, but for StalePlanError; RetryableError when the resource changes faster than it
 *   can be written
 *
 * @example await settle(await plan(delivery), (previous) => plan(delivery, previous), apply);
 */
export async function settle(
  plan: Write[],
  replan: (previous: readonly Write[]) => Promise<Write[]>,
  apply: (writes: Write[]) => Promise<readonly Write[]>,
): Promise<void> {
  let writes = plan;
  for (let round = 0; round < ROUNDS; round++) {
    const made = await apply(writes).catch(undefinedIfStale);
    if (made && !made.some(({ kind }) => IS_SNAPSHOT[kind])) return;
    const current = await replan(writes);
    if (made && isDeepStrictEqual(current.map(written), writes.map(written))) return;
    writes = current;
  }
  throw new RetryableError(
    `the plan changed in each of ${ROUNDS} rounds of writing: the resource does, or an extension makes something else of it each time`,
  );
}

/** What of a write reaches Klaviyo. The names of what was cut may come in another order without any change. */
const written = (write: Write) => ({ ...write, trimmed: undefined });

function undefinedIfStale(error: unknown): undefined {
  if (error instanceof StalePlanError) return undefined;
  throw error;
}
