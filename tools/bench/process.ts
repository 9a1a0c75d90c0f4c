import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VARIABLES } from '../../shared/config/environment.ts';
import { freePort } from '../../test/doubles/free-port.ts';
import type { StandIns } from './stand-in.ts';

const FRAMEWORK = 'node_modules/@google-cloud/functions-framework/build/src/main.js';
/** Linux counts a process's time in hundredths of a second: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK_MILLISECONDS = 10;
const LOG_CHARACTERS = 3000;

/** A function in a process of its own. */
export interface FunctionProcess {
  url: string;
  /** `performance.now()` when it was started. */
  startedAt: number;
  /** CPU time of all its threads so far. */
  cpuMilliseconds(): number;
  /** Resident memory, now and at most so far. */
  memoryMiB(): { now: number; peak: number };
  /** The end of its log. */
  log(): string;
  /** Why it is over; undefined while it runs. */
  ended(): string | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the function that was built in a folder, as `npm start` does; it may not listen yet.
 *
 * @param nodeOptions for Node itself, such as `--cpu-prof`
 */
export function startSync(folder: string, { urls }: StandIns, nodeOptions: string[] = []): Promise<FunctionProcess> {
  if (!existsSync(join(folder, 'dist/index.cjs'))) throw new Error(`${folder} is not built: npm run build`);
  const own = existsSync(join(folder, 'dist/start.cjs'));
  const program = own ? ['dist/start.cjs'] : [FRAMEWORK, '--target=syncToKlaviyo', '--signature-type=cloudevent'];
  return start(folder, [...nodeOptions, ...program], {
    // An .env file must not reach it, and gives way to what is set, if only to nothing.
    ...Object.fromEntries(VARIABLES.map((name) => [name, ''])),
    CT_API_URL: urls.commercetools,
    CT_AUTH_URL: urls.commercetools,
    CT_PROJECT_ID: 'demo-shop',
    CT_SCOPE: 'view_products:demo-shop',
    CT_API_CLIENT: JSON.stringify({ clientId: 'bench', secret: 'bench' }),
    KLAVIYO_AUTH_KEY: 'pk_bench',
    KLAVIYO_API_URL: urls.klaviyo,
    PREFERRED_CURRENCY: 'EUR',
    PREFERRED_LOCALE: 'en-GB',
    PRODUCT_URL_TEMPLATE: 'https://shop.example.org/{{locale}}/p/{{productSlug}}',
  });
}

/** Starts the functions-framework with a function that does nothing. */
export const startBare = (): Promise<FunctionProcess> =>
  start('.', [FRAMEWORK, '--target=empty', '--signature-type=cloudevent', '--source=tools/bench/bare'], {});

async function start(cwd: string, args: string[], env: Record<string, string>): Promise<FunctionProcess> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...env, NODE_ENV: 'production', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const end = once(child, 'close').then(([code, signal]) => `ended with ${signal ?? `exit code ${code}`}`, String);
  let log = '';
  let ended: string | undefined;
  end.then((how) => {
    ended = how;
    process.off('exit', kill);
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log = `${log}${chunk}`.slice(-LOG_CHARACTERS);
    });
  }
  const status = (field: string) => {
    const text = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1]) / 1024;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    startedAt,
    cpuMilliseconds() {
      const [, fields = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ');
      const [user, system] = fields.split(' ').slice(11, 13).map(Number);
      return ((user ?? 0) + (system ?? 0)) * TICK_MILLISECONDS;
    },
    memoryMiB: () => ({ now: status('VmRSS'), peak: status('VmHWM') }),
    log: () => log,
    ended: () => ended,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(kill, 10_000);
      await end;
      clearTimeout(late);
    },
  };
}
