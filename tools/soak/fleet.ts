import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { VARIABLES } from '../../shared/config/environment.ts';
import { answers } from '../../test/doubles/child.ts';
import { eventually } from '../../test/doubles/eventually.ts';
import { freePort } from '../../test/doubles/free-port.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_SECONDS = 60;

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
  /** Of the function, beyond what the sandbox's shop and Klaviyo need. */
  env: Record<string, string>;
  /** Folder of the build; the project's own by default. */
  source?: string;
  onLine?: (line: string) => void;
}

/** The environment of a function that reads from one URL and writes to the other. */
export const functionEnvironment = (shopUrl: string, klaviyo: { url: string; apiKey: string }, settings: object) => ({
  CT_API_URL: shopUrl,
  CT_AUTH_URL: shopUrl,
  CT_PROJECT_ID: 'demo-shop',
  CT_SCOPE: 'view_products:demo-shop',
  CT_API_CLIENT: JSON.stringify({ clientId: 'soak', secret: 'soak-client-secret' }),
  KLAVIYO_AUTH_KEY: klaviyo.apiKey,
  KLAVIYO_API_URL: klaviyo.url,
  PREFERRED_CURRENCY: 'EUR',
  PREFERRED_LOCALE: 'en-GB',
  PRODUCT_URL_TEMPLATE: 'https://shop.example.org/{{locale}}/p/{{productSlug}}',
  KLAVIYO_SYNC_SETTINGS: JSON.stringify(settings),
});

/** Starts the processes and waits until all of them answer. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { source } = options;
  const ports: number[] = [];
  while (ports.length < options.processes) ports.push(await freePort());
  const children: ChildProcess[] = [];
  const crashes: string[] = [];
  const expected = new WeakSet<ChildProcess>();

  async function start(index: number): Promise<void> {
    const port = ports[index] ?? 0;
    const child = spawn(process.execPath, ['dist/start.cjs'], {
      cwd: ROOT,
      env: {
        // An .env file must not reach it, and gives way to what is set, if only to nothing.
        ...Object.fromEntries(VARIABLES.map((name) => [name, ''])),
        ...options.env,
        ...(source && { FUNCTION_SOURCE: source }),
        NODE_ENV: 'production',
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children[index] = child;
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('close', (code, signal) => {
      process.off('exit', kill);
      if (!expected.has(child)) crashes.push(`a process ended by itself with ${signal ?? code}`);
    });
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on('line', (line) => options.onLine?.(line));
    // The framework answers here itself, so that this is no attempt at a message.
    const isReady = async () => {
      if (child.exitCode !== null) throw new Error(`the function ended with exit code ${child.exitCode}`);
      return (await answers(`http://127.0.0.1:${port}/robots.txt`)) || undefined;
    };
    await eventually(isReady, 'the function to start', START_SECONDS);
  }

  async function end(index: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = children[index];
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    expected.add(child);
    const closed = once(child, 'close');
    child.kill(signal);
    const [code] = await closed;
    return code;
  }

  await Promise.all(ports.map((_, index) => start(index)));
  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    async restart(index, signal) {
      const code = await end(index, signal);
      await start(index);
      return code;
    },
    crashes: () => crashes,
    async stop() {
      await Promise.all(children.map((_, index) => end(index, 'SIGTERM')));
    },
  };
}
