import type { CustomObject, CustomObjects } from '../../../shared/commercetools/custom-objects.ts';
import { readConfiguration } from '../../../shared/config/environment.ts';
import { readPlanningConfiguration } from '../../../shared/config/planning.ts';
import { settingsSchema } from '../../../shared/config/settings.ts';
import { openContainer } from '../../../shared/dead-letters/keeper.ts';
import { contentOf, keptMessage } from '../../../shared/dead-letters/kept-message.ts';
import { SyncError } from '../../../shared/errors.ts';
import { createLive } from '../../../shared/live.ts';
import { openEnvelope } from '../../../shared/platform-format/envelope.ts';
import { parseNotification } from '../../../shared/platform-format/payload.ts';
import { messageOf, UsageError } from '../support/cli.ts';
import type { Source } from './desk.ts';
import { type Letter, toPush } from './letter.ts';
import type { Queue } from './queue.ts';
import { StillRefusedError } from './replay.ts';

const containerName = settingsSchema.shape.deadLetters.unwrap().shape.container;

/** Which custom objects are asked for, and what for. */
export interface KeptOptions {
  /** That of the settings when undefined. */
  container?: string | undefined;
  /** Whether messages are to be written to Klaviyo, which needs its key. */
  replays: boolean;
}

/**
 * Opens the custom objects that an application of commercetools Connect keeps what it gives up in. They have no topic to go back to: a
 * replay syncs each from here.
 *
 * @throws UsageError when nobody says which container, or one that cannot be; ConfigurationError for the environment
 */
export function openKept({ container, replays }: KeptOptions): Source {
  const { error: problem } = containerName.safeParse(container);
  if (problem) throw new UsageError(`--container: ${problem.issues[0]?.message}.`);
  const configuration = replays ? readConfiguration() : readPlanningConfiguration();
  const { deadLetters, limits } = configuration.settings;
  const name = container ?? deadLetters.container;
  if (!name) throw new UsageError('Which container? Give --container or set DEAD_LETTER_CONTAINER.');
  const live = createLive(configuration);
  const carryOut = async (letter: Letter) => {
    try {
      const notification = parseNotification(openEnvelope(toPush(letter), true));
      return await live.carryOut({ notification, publishedAt: letter.publishedAt });
    } catch (error) {
      if (!(error instanceof SyncError) || error.retry !== 'never') throw error;
      throw refused(letter, messageOf(error), error);
    }
  };
  return {
    queue: keptQueue(openContainer(configuration, name, limits.requestSeconds * 1000)),
    hasLanes: false,
    async publish(letter) {
      if ((await carryOut(letter)) === 'ignored') throw refused(letter, IGNORED);
    },
    close: async () => {},
  };
}

/** The function took it when it was given up, so perhaps this machine has other settings, or lacks the extension. */
const IGNORED =
  'is ignored here, so that nothing of it would be in Klaviyo: use the settings of the function, or drop it';

function refused({ id }: Letter, reason: string, cause?: unknown): StillRefusedError {
  console.error(`${id}: ${reason}`);
  return new StillRefusedError(id, { cause });
}

function keptQueue(objects: CustomObjects): Queue {
  const versions = new Map<string, number>();
  return {
    async *batches(limit = Number.POSITIVE_INFINITY) {
      let left = limit;
      for await (const page of objects.pages()) {
        const letters = page.flatMap(toKeptLetter).slice(0, left);
        for (const { key, version } of page) versions.set(key, version);
        left -= letters.length;
        yield letters;
        if (left <= 0) return;
      }
    },
    acknowledge: ({ id }) => objects.remove({ key: id, version: versions.get(id) ?? 1 }),
    release: async () => {},
  };
}

/** The letter that a custom object holds; none where the object is somebody else's. */
function toKeptLetter({ key, value }: CustomObject): Letter[] {
  const { data: kept } = keptMessage.safeParse(value);
  if (!kept) {
    console.error(`${key} is no message that was given up: it is left alone.`);
    return [];
  }
  const givenUpAt = Date.parse(kept.givenUpAt);
  const { error } = kept;
  return [
    {
      ...{ id: key, lane: 'orders' as const, data: contentOf(kept), attributes: kept.attributes },
      ...{ attempts: undefined, source: 'commercetools Connect', givenUpAt },
      publishedAt: kept.publishedAt === undefined ? givenUpAt : Date.parse(kept.publishedAt),
      error: error && `${error.class}: ${error.message}${error.status ? ` (status ${error.status})` : ''}`,
    },
  ];
}
