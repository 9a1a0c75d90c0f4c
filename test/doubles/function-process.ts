import { answers, type Child, type ChildOptions, startChild } from './child.ts';
import { UNSET, type Variables } from './environment.ts';
import { freePort } from './free-port.ts';

/** The built function, running under the real functions-framework in a process of its own. */
export interface FunctionProcess extends Child {
  port: number;
  /** Without a trailing slash. */
  url: string;
  /** Waits until it takes messages. Throws its last lines when it does not come to that. */
  untilServing(): Promise<void>;
}

/** How to run the function. */
export interface FunctionOptions extends Pick<ChildOptions, 'cwd' | 'onLine'> {
  /** All that is in its environment, besides NODE_ENV and PORT. */
  env: Variables;
  /** Of 127.0.0.1; any by default. */
  port?: number;
  /** What Node is told to run, and how; `npm start`'s program by default. */
  args?: string[];
}

/** Starts the built function; it may not listen yet. */
export async function startFunction(options: FunctionOptions): Promise<FunctionProcess> {
  const { env, args = ['dist/start.cjs'], port = await freePort(), ...rest } = options;
  const url = `http://127.0.0.1:${port}`;
  const child = startChild({
    ...rest,
    command: process.execPath,
    args,
    env: { ...UNSET, NODE_ENV: 'production', PORT: String(port), ...env },
  });
  // Node itself refuses what it is expected to do, so that neither the framework nor the function hears of it.
  const untilServing = () => child.untilReady(() => answers(url, { expect: 'nothing' }));
  return { ...child, port, url, untilServing };
}
