import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AttemptLine } from '../../test/doubles/attempts.ts';
import { functionVariables } from '../../test/doubles/environment.ts';
import type { KlaviyoStandIn } from '../../test/doubles/klaviyo/server.ts';
import { PROJECT } from '../../test/doubles/pubsub/client.ts';
import { MAXIMUM_ATTEMPTS } from './play.ts';
import { condensed } from './tell.ts';
import { bold, dim, mark, say } from './terminal.ts';
import { SWITCHED_ON, type World } from './world.ts';

/** Where `npm run send` looks for the emulator by itself. */
const USUAL_EMULATOR = '127.0.0.1:8085';
const SEND = 'npm run send -- test/fixtures/platform-format/OrderCreated.json';
/** The variables of the operator's tools, for a shell; git does not see this folder. */
const VARIABLES_FILE = 'build/sandbox.env';
const OPERATE = ['npm run doctor', 'npm run dead-letter -- list'];

/** Gives the function that prints each attempt, which of its message it is, and the calls to Klaviyo meanwhile. */
export function attemptTeller(
  klaviyo: Pick<KlaviyoStandIn, 'requests'>,
  print = say,
): (attempt: AttemptLine, number: number) => void {
  let told = klaviyo.requests.length;
  return ({ notificationType, messageType, resource, messageId, outcome, handler, error }, number) => {
    const calls = condensed(klaviyo.requests.slice(told)).join(' · ');
    told = klaviyo.requests.length;
    const name = [notificationType, messageType ?? resource?.typeId].filter(Boolean).join(' ') || 'unreadable';
    const isGivenUp = outcome === 'failed' && number >= MAXIMUM_ATTEMPTS;
    const which = dim(`(message ${messageId}, attempt ${number})`);
    const ends = [handler ?? 'no handler', outcome, ...(isGivenUp ? ['given up: it is a dead letter now'] : [])];
    print(`${mark(outcome !== 'failed')} ${name} ${which}: ${ends.join(', ')}`);
    for (const line of [calls, error && `${error.class}: ${error.message}`]) if (line) print(`  ${line}`);
  };
}

/** Prints what can be done while the sandbox is up, as commands to copy. */
export function tellWhatNow(world: World): void {
  const { klaviyo, broker, fn } = world;
  writeVariables(world);
  const { host } = new URL(broker.url);
  say();
  say('The shop is as it was at the start. Send more, from another terminal in this folder:');
  if (host === USUAL_EMULATOR) say(`  ${bold(SEND)}`);
  else tellCommand(SEND, `--emulator ${host}`);
  say('The same without Pub/Sub:');
  tellCommand(SEND, `--url ${fn.url}`);
  say(`See what Klaviyo holds: ${klaviyo.url}/-/state`);
  say();
  say('Look at it as an operator does, from another terminal in this folder:');
  say(`  ${bold(`. ${VARIABLES_FILE}`)}`);
  if (broker.kind === 'emulator') for (const command of OPERATE) say(`  ${bold(command)}`);
  else say('The doctor and the tool for dead letters need the Pub/Sub emulator, which is not here.');
  say();
  tellHistory(klaviyo.url);
  say();
  say('Ctrl-C ends everything.');
}

/** Prints a command that is too wide for one line. */
function tellCommand(command: string, option: string): void {
  say(`  ${bold(`${command} \\`)}`);
  say(`    ${bold(option)}`);
}

/** Prints the story of an account that comes too late, loses something, and is repaired. */
function tellHistory(klaviyo: string): void {
  say('Have Klaviyo forget everything, write it anew, break ten things, find what is broken, and repair it:');
  const story = [
    `curl -X DELETE ${klaviyo}/-/state`,
    'npm run backfill -- --yes',
    'npm run reconcile',
    `curl -X POST ${klaviyo}/-/break`,
    'npm run reconcile',
    'npm run reconcile -- --repair',
  ];
  for (const command of story) say(`  ${bold(command)}`);
  say(
    'The answer to the break has the ten. What is gone along with one is listed as its "with": reconcile names that, too.',
  );
}

/** Writes the variables with which the operator's tools look at a world, for a shell. */
export function writeVariables({ shop, klaviyo, broker }: World): void {
  const variables = {
    ...(broker.kind === 'emulator' && {
      GOOGLE_CLOUD_PROJECT: PROJECT,
      PUBSUB_EMULATOR_HOST: new URL(broker.url).host,
    }),
    ...functionVariables(shop, { ...klaviyo, apiKey: klaviyo.operatorKey }),
    ...SWITCHED_ON,
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  mkdirSync(dirname(VARIABLES_FILE), { recursive: true });
  writeFileSync(VARIABLES_FILE, lines.join(''));
}

/** A value as a shell takes it. */
const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
