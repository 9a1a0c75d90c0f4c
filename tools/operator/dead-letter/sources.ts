import type { Lane } from '../../../shared/handlers/index.ts';
import { UsageError } from '../support/cli.ts';
import { connect, projectOf } from '../support/google.ts';
import { type KeptOptions, openKept } from './custom-objects.ts';
import type { Source } from './desk.ts';
import { chooseLanes, openLanes } from './lanes.ts';
import { toReplayed } from './letter.ts';

/** Which source is asked for, by the options of the tool. */
interface Asked extends KeptOptions {
  project?: string | undefined;
  name: string;
  lane?: Lane | undefined;
  subscription?: string | undefined;
  topic?: string | undefined;
}

/**
 * Returns what opens the place that is asked for.
 *
 * @throws UsageError for one that is none, and for options that belong to the other
 */
export function sourceOf(from: string, asked: Asked): () => Promise<Source> {
  if (from === 'custom-objects') {
    const other = (['project', 'lane', 'subscription', 'topic'] as const).find((option) => asked[option] !== undefined);
    if (other) throw new UsageError(`--${other} is for --from pubsub.`);
    return async () => openKept(asked);
  }
  if (from !== 'pubsub') throw new UsageError('--from takes pubsub or custom-objects.');
  if (asked.container !== undefined) throw new UsageError('--container is for --from custom-objects.');
  const project = projectOf(asked.project);
  return () => openPubsub({ ...asked, project });
}

async function openPubsub(asked: Asked & { project: string }): Promise<Source> {
  const google = await connect(asked.project);
  try {
    const lanes = await chooseLanes(google, asked);
    return {
      queue: await openLanes(google, lanes),
      hasLanes: lanes.length > 1,
      async publish(letter) {
        const topic = lanes.find((one) => one.lane === letter.lane)?.topic;
        await google.publisher.publish({ topic, messages: [toReplayed(letter)] });
      },
      close: () => google.close(),
    };
  } catch (error) {
    await google.close();
    throw error;
  }
}
