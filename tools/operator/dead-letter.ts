import { readConfiguration } from '../../shared/config/environment.ts';
import { SyncError } from '../../shared/errors.ts';
import { type Desk, drop, list, replayChosen, show } from './dead-letter/commands.ts';
import { toReplayed } from './dead-letter/letter.ts';
import { openQueue } from './dead-letter/queue.ts';
import { countOf, defineTool, messageOf, runTool, UsageError } from './support/cli.ts';
import { createDryRun } from './support/dry-run.ts';
import { connect, DEPLOYMENT_HELP, DEPLOYMENT_OPTIONS, fullName, projectOf } from './support/google.ts';

const HELP = `
Shows the messages that were given up, and brings them back.

  npm run dead-letter -- list [--limit N]      what waits, and the likely reason
  npm run dead-letter -- show ID               one message and what it would write to Klaviyo
  npm run dead-letter -- replay --all          publish again everything
                                --type TYPE    ... of one type, such as OrderCreated or ResourceUpdated
                                --limit N      ... at most N
                                --dry-run      ... or only say what would be
  npm run dead-letter -- drop ID [--dry-run]   give one up for good

A message is taken off the dead-letter subscription only when it has been published again, or dropped: whatever happens
in between, none is lost. One that is replayed twice doubles nothing in Klaviyo. The likely reason is found by planning
the message again with the function's environment; without that environment it is left out.

${DEPLOYMENT_HELP}
  --subscription NAME   dead-letter subscription; NAME-dead-letter when left out
  --topic NAME          topic that messages are replayed to; NAME when left out
  --show-payload        with show: print the message, personal data included
  --help                print this

Exit code: 0 done, 1 failed or stopped, 2 wrong usage.
`;

/** Without the function's environment the messages can be shown and replayed all the same. */
function dryRunOrNone(): Desk['dryRun'] {
  try {
    return createDryRun(readConfiguration());
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    console.error(`No reasons are given, as nothing can be planned. ${error.message}`);
    return async () => ({ outcome: 'failed', writes: [], warnings: [], reason: 'not planned' });
  }
}

/** They end the work after the message that is under way; the second one ends the process. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const OPTIONS = {
  ...DEPLOYMENT_OPTIONS,
  subscription: { type: 'string' },
  topic: { type: 'string' },
  all: { type: 'boolean', default: false },
  type: { type: 'string' },
  limit: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'show-payload': { type: 'boolean', default: false },
} as const;

/** Shows, replays and drops the messages that were given up. */
export const tool = defineTool({
  help: HELP,
  options: OPTIONS,
  async run({ all, type, 'dry-run': isDryRun, 'show-payload': showPayload, ...values }, [command, id = '', ...more]) {
    const limit = countOf('limit', values.limit);
    const commands: Record<string, (desk: Desk) => Promise<boolean>> = {
      list: (desk) => list(desk, limit ?? 100),
      show: (desk) => show(desk, id),
      replay: (desk) => replayChosen(desk, { type, limit: limit ?? Number.POSITIVE_INFINITY, isDryRun }),
      drop: (desk) => drop(desk, id, isDryRun),
    };
    const chosen = commands[command ?? ''];
    if (!chosen || more.length > 0) throw new UsageError('Give one of list, show ID, replay, drop ID.');
    if (command === 'replay' && all === Boolean(type ?? limit)) {
      throw new UsageError('Say what to replay: either --all, or --type and --limit.');
    }
    if ((command === 'show' || command === 'drop') !== Boolean(id)) throw new UsageError('show and drop take one ID.');

    const project = projectOf(values.project);
    const topic = fullName(project, 'topics', values.topic ?? values.name);
    const subscription = fullName(project, 'subscriptions', values.subscription ?? `${values.name}-dead-letter`);
    const dryRun = dryRunOrNone();
    const google = await connect(project);
    const stop = new AbortController();
    const onSignal = () => stop.abort();
    for (const signal of SIGNALS) process.once(signal, onSignal);
    try {
      const queue = await openQueue(google, subscription);
      const publish: Desk['publish'] = async (letter) => {
        await google.publisher.publish({ topic, messages: [toReplayed(letter)] });
      };
      try {
        return await chosen({ queue, dryRun, publish, stop: stop.signal, showPayload });
      } finally {
        await queue.release().catch((error) => console.error(`Not given back at once: ${messageOf(error)}`));
      }
    } finally {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      await google.close();
    }
  },
});

if (import.meta.main) process.exitCode = await runTool(tool);
