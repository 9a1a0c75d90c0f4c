import { type Lane, lanes as ofHandlers } from '../../../shared/handlers/index.ts';
import { messageOf, UsageError } from '../support/cli.ts';
import type { Google } from '../support/google.ts';
import { findLanes, type LaneResources, resourcesOf } from '../support/lanes.ts';
import type { Letter } from './letter.ts';
import { openQueue, type Queue } from './queue.ts';

const isLane = (name: string): name is Lane => Object.hasOwn(ofHandlers, name);

/**
 * Checks a lane that was asked for.
 *
 * @throws UsageError for one that is none
 */
export function knownLane(lane: string | undefined): Lane | undefined {
  if (lane === undefined || isLane(lane)) return lane;
  throw new UsageError(`--lane takes ${Object.keys(ofHandlers).join(' or ')}`);
}

/** Which lanes are asked for, by the options of the tool. */
interface Asked {
  project: string;
  name: string;
  lane?: Lane | undefined;
  /** A dead-letter subscription in the place of a lane's own. */
  subscription?: string | undefined;
  topic?: string | undefined;
}

/**
 * The lanes to work on: the one asked for, else all that are there. With a subscription of one's own, the one that it
 * replays to.
 */
export async function chooseLanes(
  google: Pick<Google, 'subscriber'>,
  { project, name, lane, subscription, topic }: Asked,
): Promise<readonly LaneResources[]> {
  const given = { topic, deadLetterSubscription: subscription };
  const of = (one: Lane) => resourcesOf(project, name, one, given);
  if (lane !== undefined) return [of(lane)];
  if (subscription !== undefined) return [of('orders')];
  try {
    return (await findLanes(google, project, name)).map(of);
  } catch (error) {
    console.error(`Only the first lane is looked at, as it is not known whether there are two: ${messageOf(error)}`);
    return [of('orders')];
  }
}

/**
 * Opens the dead letters of lanes as one queue: those of the first, then those of the next.
 *
 * @throws Pub/Sub's error when one cannot be read
 */
export async function openLanes(google: Pick<Google, 'subscriber'>, lanes: readonly LaneResources[]): Promise<Queue> {
  const queues = new Map<Lane, Queue>();
  const release = async () => void (await Promise.all([...queues.values()].map((queue) => queue.release())));
  try {
    for (const { lane, deadLetterSubscription } of lanes)
      queues.set(lane, await openQueue(google, deadLetterSubscription, lane));
  } catch (error) {
    await release();
    throw error;
  }
  return {
    async *batches(limit = Number.POSITIVE_INFINITY) {
      let left = limit;
      for (const queue of queues.values()) {
        for await (const letters of queue.batches(left)) {
          left -= letters.length;
          yield letters;
        }
      }
    },
    acknowledge: async (letter: Letter) => queues.get(letter.lane)?.acknowledge(letter),
    release,
  };
}
