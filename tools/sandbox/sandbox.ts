import { parseArgs } from 'node:util';
import { readExtension } from '../../shared/extension/installed.ts';
import type { AttemptLine } from '../../test/doubles/attempts.ts';
import { eventually } from '../../test/doubles/eventually.ts';
import type { Pulled } from '../../test/doubles/pubsub/client.ts';
import { drafts, subscribe } from '../../test/doubles/shop/subscriptions.ts';
import { attemptTeller, tellWhatNow } from './keep.ts';
import { play, published, type Result } from './play.ts';
import { scenarios } from './scenarios.ts';
import { tellDeadLetters, tellFailure, tellResult, tellScenario, tellSummary } from './tell.ts';
import { bold, dim, green, mark, progress, red, say } from './terminal.ts';
import { startWorld, type World } from './world.ts';

const HELP = `Usage: npm run sandbox [-- OPTIONS]

Starts a small shop, a stand-in for Klaviyo, the function, and Pub/Sub, and sends a notification of every kind through.

  --keep        stay up afterwards, to send more and to try the operator's tools
  --in-process  do without the Pub/Sub emulator
  --help        this text
`;

/** Where things are with --keep, unless somebody else is there. */
const PORTS = { fn: 8080, shop: 8081, klaviyo: 8082, broker: 8085 };

const { values: options } = parseArgs({
  options: { keep: { type: 'boolean' }, 'in-process': { type: 'boolean' }, help: { type: 'boolean' } },
});

/** What Ctrl-C means; while kept it is the proper way to end. */
let exitCodeOf = (signal: number): number => 128 + signal;
let onAttempt = (attempt: AttemptLine, number: number): void => {
  if (attempt.outcome === 'failed') tellFailure(attempt, number);
};

if (options.help) {
  process.stdout.write(HELP);
} else {
  // Children do not outlive this process, however it ends.
  for (const [name, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }))
    process.once(name, () => process.exit(exitCodeOf(number)));
  await main();
}

async function main(): Promise<void> {
  progress('starting shop, Klaviyo, function and Pub/Sub …');
  const world = await startWorld({
    broker: options['in-process'] ? 'in-process' : undefined,
    ports: options.keep ? PORTS : {},
    onAttempt: (...about) => onAttempt(...about),
  });
  try {
    tellUrls(world);
    process.exitCode = (await playAll(world)) ? 0 : 1;
    if (options.keep) await keep(world);
  } catch (error) {
    say(red(String(error)));
    for (const line of world.fn.process().output().trimEnd().split('\n').slice(-10)) say(dim(line));
    process.exitCode = 1;
  } finally {
    await world.stop();
  }
}

function tellUrls({ shop, klaviyo, fn, broker }: World): void {
  const kind = broker.kind === 'emulator' ? 'emulator' : 'in this process';
  if (broker.kind === 'in-process' && !options['in-process'])
    say('There is no Pub/Sub emulator (gcloud components install pubsub-emulator): doing the same in this process.');
  say(`${bold('shop')}      ${shop.url}/${shop.projectKey}`);
  say(`${bold('Klaviyo')}   ${klaviyo.url}/-/state`);
  say(`${bold('function')}  ${fn.url}`);
  say(`${bold('Pub/Sub')}   ${broker.url} ${dim(`(${kind})`)}`);
  const extension = readExtension();
  if (extension) say(`${bold('extension')} ${extension.name}: what it makes otherwise counts as wrong here`);
  say();
}

/** Whether everything arrives as it should, and only what is malformed is given up. */
async function playAll(world: World): Promise<boolean> {
  const results: Result[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    tellScenario(scenario, index + 1, scenarios.length);
    progress('       on its way …');
    const result = await play(scenario, world);
    tellResult(result);
    results.push(result);
  }
  const malformed = results.filter(({ outcome }) => outcome === 'failed');
  progress('waiting for the dead letter …');
  const letters = await deadLetters(world, malformed.length);
  tellSummary(results);
  tellDeadLetters(letters, results);

  const isOnlyMalformed =
    letters.map(({ data }) => data).join() === malformed.map(({ scenario }) => published(scenario)).join();
  const { violations } = world.klaviyo;
  for (const violation of violations) say(red(`not as Klaviyo's OpenAPI document says: ${violation}`));
  const isRight = results.every(({ problems }) => problems.length === 0) && isOnlyMalformed && violations.length === 0;
  say();
  say(`${mark(isRight)} ${verdict(isRight, results)}`);
  return isRight;
}

function verdict(isRight: boolean, results: Result[]): string {
  if (isRight) return green(`${results.length} notifications, everything is in Klaviyo as it should be`);
  const wrong = results.filter(({ problems }) => problems.length > 0).map(({ scenario }) => scenario.fixture);
  return red(`not as it should be: ${wrong.join(', ') || 'see above'}`);
}

/** The dead letters, once there are as many as there should be; a moment after the last attempt. */
async function deadLetters({ broker }: World, count: number): Promise<Pulled[]> {
  const enough = async () => {
    const letters = await broker.deadLetters();
    return letters.length >= count ? letters : undefined;
  };
  return eventually(enough, 'the dead letters').catch(() => broker.deadLetters());
}

/** Stays up and tells of what is sent, until a signal ends the process. */
async function keep(world: World): Promise<never> {
  exitCodeOf = () => Number(process.exitCode);
  await world.shop.reset();
  await subscribe(world.shop, drafts());
  onAttempt = attemptTeller(world.klaviyo);
  tellWhatNow(world);
  return new Promise(() => {});
}
