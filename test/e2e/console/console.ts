import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../../doubles/eventually.ts';

/** A running console. */
export interface RunningConsole {
  /** Without a trailing slash. */
  url: string;
  /** Ends it as Ctrl-C does. Returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `npm run console` on a free port, with the broker that needs nothing but Node. Throws with its output when it ends. */
export async function startConsole(): Promise<RunningConsole> {
  const child = spawn(process.execPath, ['tools/console/console.ts', '--no-open', '--in-process', '--port', '0']);
  const ended = once(child, 'exit');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const said = () => {
    if (child.exitCode !== null) throw new Error(`The console ended:\n${output}`);
    return /The console is at (http:\S+)\//.exec(output)?.[1];
  };
  const url = await eventually(said, 'the console');
  return {
    url,
    async stop() {
      child.kill('SIGINT');
      const [code] = await ended;
      return code;
    },
  };
}
