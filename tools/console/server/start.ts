import { startWorld, type WorldOptions } from '../../sandbox/world.ts';
import { pageFiles } from '../page-files.ts';
import { openBackstage } from './backstage.ts';
import { createLive } from './http/live.ts';
import { listen } from './http/server.ts';
import { createObserver } from './observe/observer.ts';
import { routesOf } from './routes.ts';

/** How to run the console. */
export interface ConsoleOptions extends Pick<WorldOptions, 'broker' | 'ports'> {
  /** Of the page; any when 0. */
  port: number;
}

/** Starts the sandbox and the console over it. When a part does not start, the others are stopped. */
export async function startConsole({ port, broker, ports }: ConsoleOptions) {
  const running = new AsyncDisposableStack();
  try {
    // Before all else: of two consoles that start at once on one port, the second ends here.
    const server = await listen(port);
    running.defer(server.stop);
    const live = createLive();
    running.defer(live.stop);
    const observer = createObserver({
      onRows: (rows) => live.send('flow', rows),
      onSample: (sample) => live.send('sample', sample),
      onChanged: (what) => live.send('changed', { what }),
    });
    running.defer(observer.stop);
    const world = await startWorld({
      ...{ broker, ports },
      onAttempt: observer.onAttempt,
      onCall: observer.onCall,
      onPush: observer.flow.onPush,
    });
    running.defer(world.stop);
    // What is looked at is kept by the observer, and no list grows beside it.
    const forgetting = setInterval(() => {
      world.shop.requests.length = 0;
      world.klaviyo.requests.length = 0;
    }, 1000);
    running.defer(() => clearInterval(forgetting));
    const [backstage, files] = await Promise.all([openBackstage(world, observer), pageFiles()]);
    server.serve({ routes: routesOf(backstage), live, files });
    // Nobody asks while the rest stops.
    running.defer(server.stop);
    return { url: server.url, world, observer, stop: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync();
    throw error;
  }
}
