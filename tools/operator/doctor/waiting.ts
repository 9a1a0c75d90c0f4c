import { openQueue } from '../dead-letter/queue.ts';
import type { Google } from '../support/google.ts';
import { attempted, type Check, failed, ok } from './check.ts';
import type { Deployment } from './deployment.ts';

const ENOUGH = 100;

/** Whether a message waits in the dead-letter subscription. It is looked at and given back at once. */
export function checkWaiting(google: Google, { deadLetterSubscription, name: deployment }: Deployment): Promise<Check> {
  const name = 'messages given up';
  return attempted(name, async () => {
    const queue = await openQueue(google, deadLetterSubscription);
    try {
      for await (const letters of queue.batches(ENOUGH)) {
        const count = letters.length < ENOUGH ? String(letters.length) : `${ENOUGH} or more`;
        return failed(
          name,
          `${count} wait: Klaviyo lacks what they say`,
          `npm run dead-letter -- list --name ${deployment}`,
        );
      }
      return ok(name, 'none');
    } finally {
      await queue.release();
    }
  });
}
