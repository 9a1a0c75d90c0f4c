import { type Letter, notificationOf } from '../dead-letter/letter.ts';
import { openQueue } from '../dead-letter/queue.ts';
import type { Google } from '../support/google.ts';
import type { LaneResources } from '../support/lanes.ts';
import { attempted, type Check, failed, ok } from './check.ts';

const ENOUGH = 100;

/** Keys of other projects that letters come from: somebody's subscription publishes to the wrong topic. */
const foreignKeys = (letters: Letter[], own: string | undefined): string[] => {
  const keys = letters.flatMap((letter) => notificationOf(letter)?.projectKey ?? []);
  return own === undefined ? [] : [...new Set(keys)].filter((key) => key !== own);
};

/**
 * Whether a message waits in the dead-letter subscription, and whether it is of our project at all. It is looked at and
 * given back at once.
 *
 * @param whose the deployment's name, and the key of our project; undefined where it cannot be read
 */
export function checkWaiting(
  google: Pick<Google, 'subscriber'>,
  { lane, deadLetterSubscription }: LaneResources,
  { deployment, projectKey }: { deployment: string; projectKey: string | undefined },
): Promise<Check> {
  const name = 'messages given up';
  return attempted(name, async () => {
    const queue = await openQueue(google, deadLetterSubscription, lane);
    try {
      for await (const letters of queue.batches(ENOUGH)) {
        const count = letters.length < ENOUGH ? String(letters.length) : `${ENOUGH} or more`;
        const keys = foreignKeys(letters, projectKey);
        const foreign = keys.length > 0 ? `; some come from ${keys.join(', ')}, not from ${projectKey}` : '';
        return failed(
          name,
          `${count} wait: Klaviyo lacks what they say${foreign}`,
          `npm run dead-letter -- list --name ${deployment} --lane ${lane}`,
        );
      }
      return ok(name, 'none');
    } finally {
      await queue.release();
    }
  });
}
