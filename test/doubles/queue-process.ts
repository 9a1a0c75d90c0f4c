import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Variables } from './environment.ts';

/** What the process runs: a platform’s part, in as few lines as there can be. */
const HOST = `
const handlers = require(process.argv[1]);
process.on('message', async ({ id, name, args, milliseconds }) => {
  const end = Date.now() + milliseconds;
  const context = { ...console, getRemainingTimeInMillis: () => end - Date.now() };
  try {
    process.send({ id, result: await handlers[name](...args, name === 'receive' ? milliseconds : context) });
  } catch ({ name, message }) {
    process.send({ id, error: { name, message } });
  }
});
process.send({ isReady: true });`;

/** What a handler has returned, or thrown. */
interface Outcome {
  result?: unknown;
  error?: { name: string; message: string };
}

/** A bundle for a queue in a process of its own. */
export interface QueueProcess {
  /** Calls a handler with what the queue hands over, and a context that has so many milliseconds left, a minute by default. */
  call(name: string, event: unknown, milliseconds?: number): Promise<Outcome>;
  /** The lines that have been read of it so far, parsed where they are JSON; those of a call may come after its answer. */
  lines: unknown[];
  /** Resolves with its exit code when it has ended. */
  exit: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a bundle in its own folder. Resolves when it is loaded, or has ended.
 *
 * @param env all that is in its environment
 */
export async function startQueueProcess(bundle: string, env: Variables, cwd: string): Promise<QueueProcess> {
  const child = spawn(process.execPath, ['-e', HOST, bundle], { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const lines: unknown[] = [];
  const add = (line: string) => lines.push(line.startsWith('{') ? JSON.parse(line) : line);
  for (const input of [child.stdout, child.stderr]) if (input) createInterface({ input }).on('line', add);
  const exit = once(child, 'close').then(([code]) => code);
  const waiting = new Map<number, (outcome: Outcome) => void>();
  child.on('message', ({ id, ...outcome }: Outcome & { id: number }) => waiting.get(id)?.(outcome));
  await Promise.race([once(child, 'message'), exit]);

  return {
    call: (name, event, milliseconds = 60_000) =>
      new Promise((resolve) => {
        const id = waiting.size;
        waiting.set(id, resolve);
        child.send({ id, name, args: [event], milliseconds });
      }),
    lines,
    exit,
    kill: (signal) => void child.kill(signal),
  };
}
