import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { writeVariables } from '../sandbox/keep.ts';
import { bold, dim, progress, red, say } from '../sandbox/terminal.ts';
import { startConsole } from './server/start.ts';

const HELP = `Usage: npm run console [-- OPTIONS]

Starts the sandbox, a small shop, a stand-in for Klaviyo, the function, and Pub/Sub, and a page to look at it and to play.

  --port N      port of the page; 8288 by default, 0 for any
  --no-open     do not open a browser
  --in-process  do without the Pub/Sub emulator
  --help        this text
`;

const PORT = 8288;
const LAST_PORT = 65_535;
/** The ports of `npm run sandbox -- --keep`, unless somebody else is there, or any would do for the page too. */
const PORTS = { fn: 8080, shop: 8081, klaviyo: 8082, broker: 8085 };
const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

const options = readOptions();

if (options.help) {
  process.stdout.write(HELP);
} else {
  // Children do not outlive this process, however it ends. Ctrl-C is the proper way.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
  await main(Number(options.port));
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: String(PORT) },
        'no-open': { type: 'boolean', default: false },
        'in-process': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    say(red(error instanceof Error ? error.message : String(error)));
    process.exit(2);
  }
}

async function main(port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > LAST_PORT) return fail(`--port takes a port, not ${options.port}`);
  progress('starting shop, Klaviyo, function, Pub/Sub and the page …');
  const broker = options['in-process'] ? ('in-process' as const) : undefined;
  try {
    const { url, world } = await startConsole({ port, broker, ports: port === 0 ? {} : PORTS });
    if (world.broker.kind === 'in-process' && !broker)
      say('There is no Pub/Sub emulator (gcloud components install pubsub-emulator): doing the same in this process.');
    // Where any ports would do, nobody looks for them.
    if (port !== 0) writeVariables(world);
    say(`The console is at ${bold(`${url}/`)}`);
    say(dim('Ctrl-C ends everything.'));
    if (!options['no-open']) open(`${url}/`);
  } catch (error) {
    fail(reasonOf(error, port));
  }
}

function reasonOf(error: unknown, port: number): string {
  if (!(error instanceof Error)) return String(error);
  const taken = 'code' in error && error.code === 'EADDRINUSE' && 'port' in error ? error.port : undefined;
  if (taken === port) return `Port ${port} is taken: npm run console -- --port ${port < LAST_PORT ? port + 1 : 0}`;
  if (taken !== undefined) return `Port ${taken} was taken while the console started: start it again.`;
  if (error.message.startsWith('java did not start'))
    return `${error}\nWithout the Pub/Sub emulator: npm run console -- --in-process`;
  return String(error);
}

function fail(why: string): void {
  say(red(why));
  process.exitCode = 1;
}

/** Opens a browser where there is one; where there is none, the address is on the screen. */
function open(url: string): void {
  const [command = 'xdg-open', ...args] = OPENERS[process.platform] ?? [];
  const browser = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  browser.on('error', () => {});
  browser.unref();
}
