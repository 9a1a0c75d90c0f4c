import type { Variables } from '../../test/doubles/environment.ts';
import { type FunctionProcess, startFunction } from '../../test/doubles/function-process.ts';

/** The built function in several processes. */
export interface Fleet {
  urls: string[];
  /** Ends one process by the signal, and starts it again on the same port. Gives its exit code, null for a signal. */
  restart(index: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
  /** Processes that ended without being told to. */
  crashes(): string[];
  stop(): Promise<void>;
}

/** What to run. */
export interface FleetOptions {
  processes: number;
  env: Variables;
  /** Folder of the build; the project's own by default. */
  source?: string;
  onLine?: (line: string) => void;
}

/** Starts the processes and waits until all of them answer. Throws, with nothing left running, when one does not. */
export async function startFleet({ processes, env, source, onLine }: FleetOptions): Promise<Fleet> {
  const crashes: string[] = [];
  const expected = new WeakSet<FunctionProcess>();

  async function start(port?: number): Promise<FunctionProcess> {
    const running = await startFunction({ port, env: { ...env, FUNCTION_SOURCE: source }, onLine });
    running.exit.then(() => {
      if (!expected.has(running)) crashes.push(`a process ${running.ended()} by itself`);
    });
    return running;
  }

  async function end(one: FunctionProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (one.ended()) return null;
    expected.add(one);
    // It has all the time that it takes: a machine may be slow, and its exit code is to be seen.
    one.kill(signal);
    return one.exit;
  }

  const fleet: FunctionProcess[] = [];
  const stop = async () => void (await Promise.all(fleet.map((one) => end(one, 'SIGTERM'))));
  while (fleet.length < processes) fleet.push(await start());
  try {
    await Promise.all(fleet.map((one) => one.untilServing()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls: fleet.map(({ url }) => url),
    async restart(index, signal) {
      const old = fleet[index];
      if (!old) throw new Error(`There is no process ${index}`);
      const code = await end(old, signal);
      const next = await start(old.port);
      fleet[index] = next;
      await next.untilServing();
      return code;
    },
    crashes: () => crashes,
    stop,
  };
}
