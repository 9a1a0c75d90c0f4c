import { type Child, startChild } from '../../doubles/child.ts';
import { eventually } from '../../doubles/eventually.ts';

/** A console that may not be up yet. */
export interface LaunchedConsole extends Pick<Child, 'output' | 'exit' | 'kill' | 'stop'> {
  /** Waits until it says where it is, and gives that, without a trailing slash. Throws what it says instead when it ends before. */
  url(): Promise<string>;
}

/** Starts `npm run console`, without a browser. */
export function launchConsole(...args: string[]): LaunchedConsole {
  const child = startChild({ command: process.execPath, args: ['tools/console/console.ts', '--no-open', ...args] });
  const said = () => {
    if (child.ended()) throw new Error(`The console ${child.ended()}:\n${child.output()}`);
    return /The console is at (http:\S+)\//.exec(child.output())?.[1];
  };
  return { ...child, url: () => eventually(said, 'the console', 150) };
}

/** A running console. */
export interface RunningConsole {
  /** Without a trailing slash. */
  url: string;
  /** Ends it as Ctrl-C does. Returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `npm run console` on a free port, with the broker that needs nothing but Node. Throws with its output when it ends. */
export async function startConsole(): Promise<RunningConsole> {
  const { url, kill, exit } = launchConsole('--in-process', '--port', '0');
  const stop = () => {
    kill('SIGINT');
    return exit;
  };
  return { url: await url(), stop };
}
