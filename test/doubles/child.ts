import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GRACE_MILLISECONDS = 5000;
const START_SECONDS = 30;
/** How much of a child's output is told when it fails to start. */
const LAST_LINES = 15;

/** What to run, from the project's folder. */
export interface ChildOptions {
  command: string;
  args: string[];
  /** Instead of this process's own environment. */
  env?: Record<string, string>;
  /** Called with each line of its output, standard error included. */
  onLine?: (line: string) => void;
  /** Asked until it is true. */
  isReady: () => Promise<boolean>;
}

/**
 * Starts a child process that does not outlive this one, however this one ends, and waits until it is ready. Gives the
 * function that ends it: SIGTERM, and after five seconds SIGKILL. Throws its last lines when it ends before it is ready.
 */
export async function startChild({ command, args, env, onLine, isReady }: ChildOptions): Promise<() => Promise<void>> {
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > LAST_LINES) lines.shift();
      onLine?.(line);
    });
  }

  let ended: string | undefined;
  const end = once(child, 'close')
    .then(([code, signal]) => `ended with ${signal ?? `exit code ${code}`}`, String)
    .then((how) => {
      ended = how;
      process.off('exit', kill);
    });

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    await Promise.race([end, sleep(GRACE_MILLISECONDS, undefined, { ref: false })]);
    kill();
    await end;
  }

  try {
    const how = await eventually(
      async () => ended ?? ((await isReady()) ? 'ready' : undefined),
      command,
      START_SECONDS,
    );
    if (how !== 'ready') throw new Error(how);
    return stop;
  } catch (error) {
    await stop();
    throw new Error([`${command} did not start: ${error}`, ...lines].join('\n'));
  }
}

/** Whether something answers at a URL, whatever the answer. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );
