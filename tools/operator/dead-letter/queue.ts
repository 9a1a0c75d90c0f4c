import type { Lane } from '../../../shared/handlers/index.ts';
import { messageOf } from '../support/cli.ts';
import { type Google, isGrpcError, ONE_TRY } from '../support/google.ts';
import { type Letter, toLetter } from './letter.ts';

/** Most messages of one pull. */
const BATCH = 500;
/** Ack ids of one request, which may have 512 KB. */
const ACK_IDS = 1000;
/** After this many milliseconds without a message the subscription counts as empty. */
const EMPTY_MILLISECONDS = 5000;

/** What waits in a subscription. Whatever was looked at stays there, until it is acknowledged. */
export interface Queue {
  /** Batches of letters, each letter once, until there are no more, or `limit`. */
  batches(limit?: number): AsyncGenerator<Letter[]>;
  /** Takes a letter off the subscription for good. */
  acknowledge(letter: Letter): Promise<void>;
  /** Gives everything back that is held, so that the next reader gets it at once. To be called at the end. */
  release(): Promise<void>;
}

/**
 * Opens a pull subscription. While its letters are looked at nobody else gets them: their leases are renewed until
 * `release`. When the process is killed, the leases run out by themselves, and everything not acknowledged is back.
 *
 * @param subscription full name
 * @param lane whose dead letters they are
 * @throws Pub/Sub's error when it cannot be read
 */
export async function openQueue(
  { subscriber }: Pick<Google, 'subscriber'>,
  subscription: string,
  lane: Lane,
): Promise<Queue> {
  const read = () => subscriber.getSubscription({ subscription }, ONE_TRY);
  const [{ ackDeadlineSeconds }] = await read();
  const lease = ackDeadlineSeconds || 10;
  const held = new Map<string, string>();
  const acknowledged = new Set<string>();

  async function setDeadline(seconds: number): Promise<void> {
    const ids = [...held.values()];
    for (let start = 0; start < ids.length; start += ACK_IDS) {
      const ackIds = ids.slice(start, start + ACK_IDS);
      await subscriber.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: seconds }, ONE_TRY);
    }
  }

  // A lease that cannot be renewed costs a second look at the message, not the message: to say so once will do.
  let isTold = false;
  function tell(error: unknown): void {
    if (!isTold) console.error(`Others may take the same messages meanwhile, which loses none: ${messageOf(error)}`);
    isTold = true;
  }
  const renewal = setInterval(() => setDeadline(lease).catch(tell), (lease * 1000) / 3);

  async function pull(maxMessages: number): Promise<Letter[]> {
    const [{ receivedMessages }] = await subscriber.pull(
      { subscription, maxMessages },
      { ...ONE_TRY, timeout: EMPTY_MILLISECONDS },
    );
    const letters: Letter[] = [];
    for (const { ackId, message } of receivedMessages ?? []) {
      if (!ackId || !message) continue;
      const letter = toLetter(message, lane);
      const isNew = !held.has(letter.id) && !acknowledged.has(letter.id);
      held.set(letter.id, ackId);
      if (acknowledged.has(letter.id)) await acknowledge(letter);
      if (isNew) letters.push(letter);
    }
    return letters;
  }

  /** Silence means that there is nothing, as long as Pub/Sub answers at all. */
  async function noneInTime(error: unknown): Promise<Letter[]> {
    if (!isGrpcError(error, 'DEADLINE_EXCEEDED')) throw error;
    await read();
    return [];
  }

  async function acknowledge({ id }: Letter): Promise<void> {
    const ackId = held.get(id);
    if (!ackId) return;
    await subscriber.acknowledge({ subscription, ackIds: [ackId] });
    held.delete(id);
    acknowledged.add(id);
  }

  return {
    acknowledge,
    async *batches(limit = Number.POSITIVE_INFINITY) {
      for (let given = 0; given < limit; ) {
        const letters = await pull(Math.min(BATCH, limit - given)).catch(noneInTime);
        if (letters.length === 0) return;
        given += letters.length;
        yield letters;
      }
    },
    async release() {
      clearInterval(renewal);
      await setDeadline(0);
    },
  };
}
