import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The function itself takes up to eight to finish. */
const GRACE_MILLISECONDS = 10_000;
/** How much of the output is kept: at least so many characters, at most twice as many. */
const OUTPUT_CHARACTERS = 1_000_000;
/** How much of the output is told when a child fails to start. */
const LAST_LINES = 15;

/** What to run. */
export interface ChildOptions {
  command: string;
  args: string[];
  /** Where to run it; the project's folder by default. */
  cwd?: string;
  /** Instead of this process's own environment. */
  env?: Record<string, string | undefined>;
  /** Called with each line of its output, standard error included. */
  onLine?: (line: string) => void;
}

/** A child process that does not outlive this one, however this one ends, SIGKILL included. */
export interface Child {
  pid: number | undefined;
  /** `performance.now()` when it was started. */
  startedAt: number;
  /** What it has written to both outputs so far; of much, the end. */
  output(): string;
  /** How it ended, in words; undefined while it runs. */
  ended(): string | undefined;
  /** Resolves with its exit code when it has ended; null when a signal ended it. */
  exit: Promise<number | null>;
  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
  /**
   * Asks until the answer is yes. Stops the child and throws its last lines when it ends before, or takes more than so many seconds;
   * `eventually` says how many by default.
   */
  untilReady(isReady: () => Promise<boolean>, seconds?: number): Promise<void>;
  /** Ends it by SIGTERM or, after ten seconds, by SIGKILL. */
  stop(): Promise<void>;
}

/** Starts a child process; it may not be ready yet. */
export function startChild({ command, args, cwd = ROOT, env, onLine }: ChildOptions): Child {
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const killIt = () => child.kill('SIGKILL');
  process.once('exit', killIt);
  const guard = startGuard(child.pid);

  let output = '';
  for (const input of [child.stdout, child.stderr]) {
    input.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (output.length > 2 * OUTPUT_CHARACTERS) output = output.slice(-OUTPUT_CHARACTERS);
    });
    if (onLine) createInterface({ input }).on('line', onLine);
  }

  let ended: string | undefined;
  const exit = once(child, 'close').then(
    ([code, signal]) => conclude(code, `ended with ${signal ?? `exit code ${code}`}`),
    (error: unknown) => conclude(null, String(error)),
  );
  function conclude(code: number | null, how: string): number | null {
    process.off('exit', killIt);
    guard?.kill();
    ended = how;
    return code;
  }

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    await Promise.race([exit, sleep(GRACE_MILLISECONDS, undefined, { ref: false })]);
    killIt();
    await exit;
  }

  async function untilReady(isReady: () => Promise<boolean>, seconds?: number): Promise<void> {
    const ask = async () => {
      if (ended) throw new Error(ended);
      return (await isReady()) || undefined;
    };
    try {
      await eventually(ask, 'it', seconds);
    } catch (error) {
      await stop();
      const lines = output.trimEnd().split('\n');
      const last = lines.filter((line) => !isOfStack(line)).slice(-LAST_LINES);
      throw new Error([`${command} did not start: ${error}`, ...last].join('\n'));
    }
  }

  const { pid } = child;
  const kill: Child['kill'] = (signal) => void child.kill(signal);
  return { pid, startedAt, output: () => output, ended: () => ended, exit, kill, untilReady, stop };
}

/** Whether a line is of a stack trace: a few of them hide what was thrown. */
const isOfStack = (line: string): boolean => /^\s+at /.test(line);

/** Starts a process that kills another one when this one is gone: the end of its standard input tells. */
function startGuard(pid: number | undefined): ChildProcess | undefined {
  if (pid === undefined) return undefined;
  const args = ['-c', 'read -r _; kill -9 "$1"', 'guard', String(pid)];
  // In a group of its own: Ctrl-C ends a whole group.
  const guard = spawn('sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  return guard;
}

/** No answer takes so long, from whatever is up. */
const ANSWER_MILLISECONDS = 5000;

/** Whether something answers at a URL, whatever the answer. */
export const answers = (url: string, headers?: Record<string, string>): Promise<boolean> =>
  new Promise((resolve) => {
    const signal = AbortSignal.timeout(ANSWER_MILLISECONDS);
    const request = get(url, { headers, agent: false, signal }, (response) => {
      response.on('error', () => {}).resume();
      resolve(true);
    });
    request.on('error', () => resolve(false)).on('close', () => resolve(false));
    signal.addEventListener('abort', () => resolve(false));
  });

/** Returns those of several URLs at which something answers. */
export async function answering(urls: readonly string[]): Promise<string[]> {
  const isUp = await Promise.all(urls.map((url) => answers(url)));
  return urls.filter((_, index) => isUp[index]);
}
