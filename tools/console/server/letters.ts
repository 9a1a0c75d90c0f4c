import { createClient, DEAD_LETTER_SUBSCRIPTION, type Leased, TOPIC } from '../../../test/doubles/pubsub/client.ts';
import { createWindow } from '../../../test/doubles/pubsub/window.ts';
import { planned, toWholeJson } from '../../operator/dead-letter/describe.ts';
import { type Letter, toLetter, toReplayed } from '../../operator/dead-letter/letter.ts';
import type { Queue } from '../../operator/dead-letter/queue.ts';
import { replay } from '../../operator/dead-letter/replay.ts';
import type { DeadLetter } from '../api.ts';
import { ProblemError } from './http/problem.ts';
import type { Planning } from './plan.ts';

/** Dead letters at hand: what `npm run dead-letter` does, over Pub/Sub's REST API. */
export interface Letters {
  count(): Promise<number>;
  list(): Promise<DeadLetter[]>;
  /** Publishes one letter, or all, again. Gives how many. Throws a 404 when there is no such letter. */
  replay(id: string): Promise<number>;
  /** Gives one letter, or all, up for good, likewise. */
  drop(id: string): Promise<number>;
}

/** What dead letters need. */
interface LettersOptions {
  pubsubUrl: string;
  planning: Planning;
  /** Told of what was published again. */
  onReplayed(messageId: string, letter: Letter): void;
  /** The message that was given up, by its data in Base64. */
  messageOf(data: string): string | undefined;
}

const NEVER = new AbortController().signal;

/** Opens the dead letters. Whatever is looked at is given back at once. */
export function openLetters({ pubsubUrl, planning, onReplayed, messageOf }: LettersOptions): Letters {
  const pubsub = createClient(pubsubUrl);
  // Who looks while another one does would find nothing.
  const inTurn = createWindow(1);
  const withQueue = <T>(work: (queue: Queue) => Promise<T>) => inTurn(() => withLeases(work));

  async function withLeases<T>(work: (queue: Queue) => Promise<T>): Promise<T> {
    const held = new Map<string, string>();
    const queue: Queue = {
      async *batches() {
        for (;;) {
          const leased = await pubsub.pull(DEAD_LETTER_SUBSCRIPTION);
          const fresh = leased.filter(({ message }) => !held.has(message.messageId));
          for (const { ackId, message } of leased) held.set(message.messageId, ackId);
          if (fresh.length === 0) return;
          yield fresh.map(letterOf);
        }
      },
      async acknowledge({ id }) {
        const ackId = held.get(id);
        if (ackId) await pubsub.acknowledge(DEAD_LETTER_SUBSCRIPTION, [ackId]);
      },
      release: () => pubsub.release(DEAD_LETTER_SUBSCRIPTION, [...held.values()]),
    };
    try {
      return await work(queue);
    } finally {
      await queue.release();
    }
  }

  const all = (queue: Queue) => Array.fromAsync(queue.batches()).then((batches) => batches.flat());
  const isMeant = (id: string) => (letter: Letter) => id === 'all' || letter.id === id;

  return {
    count: () => withQueue(async (queue) => (await all(queue)).length),
    async list() {
      const letters = await withQueue(all);
      const plans = await planned({ dryRun: planning, stop: NEVER }, letters);
      return plans
        .sort((one, other) => one.letter.publishedAt - other.letter.publishedAt)
        .map((one) => toDeadLetter(one, messageOf));
    },
    replay: (id) =>
      withQueue(async (queue) => {
        const publish = async (letter: Letter) => {
          const [messageId = ''] = await pubsub.publishAll([toReplayed(letter)], TOPIC);
          onReplayed(messageId, letter);
        };
        const options = { isWanted: isMeant(id), limit: id === 'all' ? Number.POSITIVE_INFINITY : 1 };
        return some(await replay({ queue, ...options, publish, stop: NEVER, onProgress: () => {} }), id);
      }),
    drop: (id) =>
      withQueue(async (queue) => {
        const letters = (await all(queue)).filter(isMeant(id));
        for (const letter of letters) await queue.acknowledge(letter);
        return some(letters.length, id);
      }),
  };
}

function some(done: number, id: string): number {
  if (done === 0 && id !== 'all') throw new ProblemError(404, `There is no dead letter ${id}.`);
  return done;
}

const letterOf = ({ message }: Leased): Letter =>
  toLetter({
    ...message,
    data: Buffer.from(message.data, 'base64'),
    publishTime: { seconds: Date.parse(message.publishTime) / 1000 },
  });

function toDeadLetter(one: Parameters<typeof toWholeJson>[0], messageOf: LettersOptions['messageOf']): DeadLetter {
  const { type, resource, attempts, likelyReason, handler, writes, payload = '' } = toWholeJson(one, true);
  const { id, publishedAt, data } = one.letter;
  return {
    ...{ id, type, resource, publishedAt, attempts, likelyReason, handler, payload: String(payload), writes },
    messageId: messageOf(Buffer.from(data).toString('base64')),
  };
}
