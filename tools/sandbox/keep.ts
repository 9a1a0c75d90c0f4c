import type { AttemptLine } from '../../test/doubles/attempts.ts';
import { functionVariables } from '../../test/doubles/environment.ts';
import type { KlaviyoStandIn } from '../../test/doubles/klaviyo/server.ts';
import { PROJECT } from '../../test/doubles/pubsub/client.ts';
import { condensed } from './tell.ts';
import { bold, dim, mark, say } from './terminal.ts';
import type { World } from './world.ts';

/** Where `npm run send` looks for the emulator by itself. */
const USUAL_EMULATOR = '127.0.0.1:8085';
const SEND = 'npm run send -- test/fixtures/platform-format/OrderCreated.json';

/** Gives the function that prints each attempt with its calls to Klaviyo. */
export function attemptTeller(klaviyo: KlaviyoStandIn): (attempt: AttemptLine) => void {
  let told = klaviyo.requests.length;
  return ({ notificationType, messageType, resource, messageId, outcome, handler, error }) => {
    const calls = condensed(klaviyo.requests.slice(told)).join(' · ');
    told = klaviyo.requests.length;
    const name = [notificationType, messageType ?? resource?.typeId].filter(Boolean).join(' ') || 'unreadable';
    say(
      `${mark(outcome !== 'failed')} ${name} ${dim(`(message ${messageId})`)}: ${handler ?? 'no handler'}, ${outcome}`,
    );
    for (const line of [calls, error && `${error.class}: ${error.message}`]) if (line) say(`  ${line}`);
  };
}

/** Prints what can be done while the sandbox is up, as commands to copy. */
export function tellWhatNow(world: World): void {
  const { klaviyo, broker, fn } = world;
  const { host } = new URL(broker.url);
  say();
  say('The shop is as it was at the start. Send more, from another terminal in this folder:');
  say(`  ${bold(`${SEND}${host === USUAL_EMULATOR ? '' : ` --emulator ${host}`}`)}`);
  say(`  ${bold(`${SEND} --url ${fn.url}`)}${dim('   (without Pub/Sub)')}`);
  say(`See what Klaviyo holds: ${klaviyo.url}/-/state`);
  say();
  if (broker.kind === 'emulator') tellOperator(world, host);
  else say('The doctor and the tool for dead letters need the Pub/Sub emulator, which is not here.');
  say();
  say('Ctrl-C ends everything.');
}

function tellOperator({ shop, klaviyo }: World, host: string): void {
  const variables = { GOOGLE_CLOUD_PROJECT: PROJECT, PUBSUB_EMULATOR_HOST: host, ...functionVariables(shop, klaviyo) };
  say('Look at it as an operator does, from another terminal:');
  for (const [name, value] of Object.entries(variables)) say(`  export ${name}=${quoted(value)}`);
  for (const command of ['doctor', 'dead-letter -- list']) say(`  ${bold(`npm run ${command}`)}`);
}

/** A value as a shell takes it. */
const quoted = (value: string) => (/^[\w.:/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`);
