import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { VARIABLES } from '../../shared/config/environment.ts';

/** The built function as a process of its own. */
export interface FunctionProcess {
  /** What it has written to both outputs so far. */
  output(): string;
  /** The lines of its log so far. */
  log(): Record<string, unknown>[];
  /** Its exit code; null when a signal ended it. */
  exit: Promise<number | null>;
  terminate(): void;
}

/** Starts `npm start`'s program with nothing in its environment but what is given. The test ends it. */
export function startProcess(environment: Record<string, string | undefined>): FunctionProcess {
  // What is empty counts as unset, and a developer's .env does not fill it.
  const unset = Object.fromEntries([...VARIABLES, 'CT_SCOPES'].map((name) => [name, '']));
  const child = spawn(process.execPath, ['dist/start.cjs'], {
    cwd: new URL('../..', import.meta.url),
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...unset, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const exit = once(child, 'close').then(([code]) => code);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return {
    output: () => output,
    log: () => output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])),
    exit,
    terminate: () => child.kill('SIGTERM'),
  };
}

/** A port that is free now. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === 'object' && address?.port);
}

/** Waits until the process listens at the port. Throws, with its output, when it ends or takes too long. */
export async function untilServing(process: FunctionProcess, port: string): Promise<void> {
  let hasEnded = false;
  process.exit.then(() => {
    hasEnded = true;
  });
  for (let tries = 0; tries < 200 && !hasEnded; tries++) {
    if (await isListening(Number(port))) return;
    await sleep(100);
  }
  throw new Error(`It does not serve: ${process.output()}`);
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const tell = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => tell(true)).once('error', () => tell(false));
  });
