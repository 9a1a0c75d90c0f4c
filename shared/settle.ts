import { isDeepStrictEqual } from 'node:util';
import { StalePlanError } from './errors.ts';
import type { Write } from './klaviyo/writes.ts';

/** An event is a fact, and a creation fails where something is there; everything else is a picture of one moment. */
const isPicture = ({ kind }: Write) => kind !== 'createEvent' && kind !== 'createProfile';

/**
 * Applies a plan and looks whether it still holds: between reading a resource and writing it, another message may have
 * brought a newer state to Klaviyo, which the older picture would have overwritten. So the plan is made once more after
 * it was applied, and applied again until nothing has changed. The last write to arrive is then always a picture of
 * now, in whatever order messages are delivered and however many processes work on them.
 *
 * @param replan makes the plan from the resource as it is now, knowing what was written before
 */
export async function settle(
  plan: Write[],
  replan: (previous: readonly Write[]) => Promise<Write[]>,
  apply: (writes: Write[]) => Promise<void>,
): Promise<void> {
  for (let writes = plan; ; ) {
    const isStale = await apply(writes).then(() => false, rethrowUnlessStale);
    if (!isStale && !writes.some(isPicture)) return;
    const current = await replan(writes);
    if (!isStale && isDeepStrictEqual(current, writes)) return;
    writes = current;
  }
}

function rethrowUnlessStale(error: unknown): true {
  if (error instanceof StalePlanError) return true;
  throw error;
}
