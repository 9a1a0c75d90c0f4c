import { parseArgs } from 'node:util';
import { soakHistory } from './history.ts';
import { runSoak, type SoakResult } from './run.ts';
import { table } from './table.ts';

const HELP = `Usage: npm run soak [-- OPTIONS]

Lets a made-up shop be busy while both sides fail and the function's processes are killed, and compares Klaviyo with it.

  --messages N   at least so many notifications (5000)
  --seed S       a whole number that decides what happens (random)
  --processes P  processes of the function (2)
  --faults F     share of calls that something happens to (0.125)
  --limits L     enforces Klaviyo's limits of events, its minute L times shorter (1000; 0 for no limits)
  --emulator     by the Pub/Sub emulator, to one process that nobody kills
  --short        300 notifications, for CI
  --backfill     backfill writes the shop's past meanwhile, and is killed now and then
  --orders N     orders of that past (20000; with --short 1000)
  --kills N      how often it is killed (10; with --short 2)
  --source DIR   another build: a folder with package.json and what its main names
  --help         this text
`;
const FINDINGS_SHOWN = 20;

const { values } = parseArgs({
  options: {
    messages: { type: 'string' },
    seed: { type: 'string' },
    processes: { type: 'string', default: '2' },
    faults: { type: 'string', default: '0.125' },
    limits: { type: 'string' },
    emulator: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    backfill: { type: 'boolean', default: false },
    orders: { type: 'string' },
    kills: { type: 'string' },
    source: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));

if (values.help) {
  process.stdout.write(HELP);
} else {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  say(`seed ${seed}`);
  await (values.backfill ? beside() : alone());
}

/** Live traffic beside the writing of a past. */
async function beside(): Promise<void> {
  const { short } = values;
  const messages = Number(values.messages ?? (short ? 150 : 2000));
  const orders = Number(values.orders ?? (short ? 1000 : 20_000));
  const kills = Number(values.kills ?? (short ? 2 : 10));
  const result = await soakHistory({
    ...{ orders, messages, kills, seed },
    program: values.source,
    faultRate: Number(values.faults),
    onProgress: say,
  });
  const { faults, habits, seconds } = result;
  say(`faults: ${[...faults].map(([name, count]) => `${count} × ${name}`).join(', ')}`);
  say(`Klaviyo: ${habits.join('; ')}; ${result.batches} bulk requests with events`);
  say(`${result.runs} runs, ${result.kills} of them killed, in ${Math.round(seconds)} s`);
  judge(result, `--backfill --orders ${orders} --messages ${messages} --kills ${kills}`);
}

async function alone(): Promise<void> {
  const messages = Number(values.messages ?? (values.short ? 300 : 5000));
  const result = await runSoak({
    seed,
    emulator: values.emulator,
    messages,
    source: values.source,
    ...{ processes: Number(values.processes), faultRate: Number(values.faults) },
    limits: values.limits === undefined ? undefined : Number(values.limits),
    onProgress: say,
  });
  const { faults, habits, refusals, calls, restarts, seconds } = result;
  say(`\n${table(result)}\n`);
  say(`${calls.commercetools} calls to commercetools, ${calls.klaviyo} to Klaviyo, in ${Math.round(seconds)} s`);
  say(`faults: ${[...faults].map(([name, count]) => `${count} × ${name}`).join(', ')}`);
  say(`Klaviyo: ${habits.join('; ')}; ${refusals} calls over the limits of events`);
  say(`processes killed: ${restarts.SIGKILL}, told to stop: ${restarts.SIGTERM}`);
  judge(result, `--messages ${messages}`);
}

function judge({ findings, problems }: Pick<SoakResult, 'findings' | 'problems'>, options: string): void {
  for (const problem of problems) say(`✗ ${problem}`);
  for (const { kind, what, text } of findings.slice(0, FINDINGS_SHOWN)) say(`✗ ${kind}, ${what}: ${text}`);
  const isRight = findings.length === 0 && problems.length === 0;
  const again = `npm run soak -- ${options} --seed ${seed}`;
  say(isRight ? '✓ Klaviyo is as the shop is' : `✗ ${findings.length} differences; again: ${again}`);
  process.exitCode = isRight ? 0 : 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
