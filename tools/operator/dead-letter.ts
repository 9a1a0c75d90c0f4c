import { readPlanningConfiguration } from '../../shared/config/planning.ts';
import { SyncError } from '../../shared/errors.ts';
import { type Choice, knownType } from './dead-letter/choice.ts';
import { drop, list, replayChosen, show } from './dead-letter/commands.ts';
import type { Desk } from './dead-letter/desk.ts';
import { knownLane } from './dead-letter/lanes.ts';
import { sourceOf } from './dead-letter/sources.ts';
import { countOf, defineTool, messageOf, runTool, UsageError } from './support/cli.ts';
import { createDryRun } from './support/dry-run.ts';
import { DEPLOYMENT_HELP, DEPLOYMENT_OPTIONS } from './support/google.ts';

const HELP = `
Shows the messages that were given up, and brings them back.

  npm run dead-letter -- list              what waits, and the likely reason
  npm run dead-letter -- show ID…          messages, and what they would write to Klaviyo
  npm run dead-letter -- replay ID…        publish messages again; --all for every one
  npm run dead-letter -- drop ID…          give messages up for good

Which messages, with each of the four; show, replay and drop need at least one of these, drop an ID or a type:
  ID…                   those with these ids
  --type TYPE           those of one type, such as OrderCreated or ResourceUpdated; ? for what cannot be read
  --limit N             at most N; list stops at 100 by itself

Where they are:
  --from PLACE          pubsub, or custom-objects, where an application of commercetools Connect keeps them; pubsub when
                        left out. From custom objects, replay syncs each message to Klaviyo from here, as the function
                        would, and needs the function's whole environment
  --container NAME      with custom-objects: their container; that of the environment (DEAD_LETTER_CONTAINER) when left out

A message is taken off the dead letters only when it has been published again, or dropped: whatever happens
in between, none is lost. One that is replayed twice doubles nothing in Klaviyo. The likely reason is found by planning
the message again with the function's environment, but for KLAVIYO_AUTH_KEY; without that environment it is left out.

${DEPLOYMENT_HELP}
  --lane LANE           orders or catalog; when left out, all lanes that there are
  --subscription NAME   dead-letter subscription, in the place of a lane's own
  --topic NAME          topic that messages are replayed to; that of each message's lane when left out
  --dry-run             with replay and drop: only say what would be
  --json                with list and show: print JSON; to pipe it, run npm run --silent dead-letter -- list --json
  --show-payload        with show: print the message, personal data included
  --help                print this

Exit code: 0 done, 1 failed or stopped, 2 wrong usage.
`;

/** Without the function's environment the messages can be shown and replayed all the same. */
function dryRunOrNone(): Desk['dryRun'] {
  try {
    return createDryRun(readPlanningConfiguration());
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    console.error(`No reasons are given, as nothing can be planned. ${error.message}`);
    return async () => ({ outcome: 'failed', writes: [], warnings: [], adjusted: [], reason: 'not planned' });
  }
}

/** They end the work after the message that is under way; the second one ends the process. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const OPTIONS = {
  ...DEPLOYMENT_OPTIONS,
  lane: { type: 'string' },
  subscription: { type: 'string' },
  topic: { type: 'string' },
  all: { type: 'boolean', default: false },
  type: { type: 'string' },
  limit: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'show-payload': { type: 'boolean', default: false },
  from: { type: 'string', default: 'pubsub' },
  container: { type: 'string' },
} as const;

const COMMANDS: Record<string, (desk: Desk, choice: Choice) => Promise<boolean>> = {
  list,
  show,
  replay: replayChosen,
  drop,
};

/** @throws UsageError where it is not said what is meant, or twice */
function refuseVague(command: string, { ids, type, limit }: Choice, isAll: boolean): void {
  const isNarrowed = ids.length > 0 || type !== undefined || limit !== undefined;
  if (isAll && (command !== 'replay' || isNarrowed)) throw new UsageError('--all is for replay, and alone.');
  if (command === 'replay' && !isAll && !isNarrowed)
    throw new UsageError('Say what to replay: ID…, --type and --limit, or --all.');
  if (command === 'show' && !isNarrowed) throw new UsageError('Say what to show: ID…, or --type and --limit.');
  if (command === 'drop' && ids.length === 0 && !type) throw new UsageError('Say what to drop: ID…, or --type.');
}

/** Shows, replays and drops the messages that were given up. */
export const tool = defineTool({
  help: HELP,
  options: OPTIONS,
  async run({ all, 'dry-run': isDryRun, 'show-payload': showPayload, json, ...values }, [command = '', ...ids]) {
    const lane = knownLane(values.lane);
    const choice = { ids, type: knownType(values.type), limit: countOf('limit', values.limit) };
    const chosen = COMMANDS[command];
    if (!chosen) throw new UsageError('Give one of list, show ID…, replay ID…, drop ID….');
    refuseVague(command, choice, all);
    if (json && command !== 'list' && command !== 'show') throw new UsageError('--json is for list and show.');

    const { from, container, lane: _, ...pubsub } = values;
    const openSource = sourceOf(from, { ...pubsub, lane, container, replays: command === 'replay' && !isDryRun });
    const dryRun = dryRunOrNone();
    const { queue, publish, hasLanes, close } = await openSource();
    const stop = new AbortController();
    const onSignal = () => stop.abort();
    for (const signal of SIGNALS) process.once(signal, onSignal);
    try {
      return await chosen({ queue, hasLanes, dryRun, publish, stop: stop.signal, showPayload, json, isDryRun }, choice);
    } finally {
      await queue.release().catch((error) => console.error(`Not given back at once: ${messageOf(error)}`));
      for (const signal of SIGNALS) process.off(signal, onSignal);
      await close();
    }
  },
});

if (import.meta.main) process.exitCode = await runTool(tool);
