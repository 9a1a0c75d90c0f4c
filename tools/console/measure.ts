import { get } from 'node:http';
import { parseArgs } from 'node:util';
import { eventually } from '../../test/doubles/eventually.ts';
import { createClient } from '../../test/doubles/pubsub/client.ts';
import { usageOf } from '../bench/process.ts';
import { median } from '../bench/statistics.ts';
import { startWorld, type World } from '../sandbox/world.ts';
import { createBurst } from './server/burst.ts';
import { startConsole } from './server/start.ts';

const HELP = `Usage: npm run console:measure [-- OPTIONS]

Measures what it costs the function to be looked at: a burst of orders with the console and an open page, and without.

  --orders N   of a burst; 1000 by default
  --rounds N   of each kind, in turn; 5 by default
  --help       this text

Exit code: 0 where it costs a tenth at most, in CPU time of the function's process; 1 where it costs more.
`;

/** So much more is a tenth. */
const MOST = 1.1;
/** Compiles what is called often, and fills the caches. */
const WARM_UP = 300;
const SECONDS = 300;

/** What a burst cost. */
interface Cost {
  /** CPU time of the function, in milliseconds a message. */
  cpu: number;
  /** Until everything was in Klaviyo, in seconds. */
  seconds: number;
}

const { values: options } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(HELP);
else await main(Number(options.orders), Number(options.rounds));

async function main(orders: number, rounds: number): Promise<void> {
  const running = new AsyncDisposableStack();
  try {
    const world = await startWorld({ broker: 'in-process' });
    running.defer(world.stop);
    const observed = await startConsole({ port: 0, broker: 'in-process' });
    running.defer(observed.stop);
    // An open page.
    get(`${observed.url}/api/events`, (response) => response.resume()).on('error', () => {});
    // Both are there all the time, and take turns: what else the machine does meets both alike.
    const costs = [
      { how: 'by itself', world, each: [] as Cost[] },
      { how: 'looked at', world: observed.world, each: [] as Cost[] },
    ];
    for (const { world: one } of costs) await burst(one, WARM_UP);
    for (let round = 0; round < rounds; round++)
      for (const { world: one, each } of round % 2 ? costs.toReversed() : costs) each.push(await measure(one, orders));
    const ratio = tell(costs);
    process.exitCode = ratio <= MOST ? 0 : 1;
  } finally {
    await running.disposeAsync();
  }
}

/** Prints what bursts cost, and returns how much more the second kind does, as a ratio. */
function tell(costs: readonly { how: string; each: readonly Cost[] }[]): number {
  for (const { how, each } of costs) {
    const told = each.map(({ cpu, seconds }) => `${cpu.toFixed(2)} ms in ${seconds.toFixed(1)} s`);
    console.log(`${how}: ${told.join(', ')}`);
  }
  const [alone = Number.NaN, looked = Number.NaN] = costs.map(({ each }) => median(each.map(({ cpu }) => cpu)));
  const difference = ((looked / alone - 1) * 100).toFixed(1);
  console.log(
    `CPU time a message, median: ${alone.toFixed(2)} ms, looked at ${looked.toFixed(2)} ms (${difference} %)`,
  );
  return looked / alone;
}

async function measure(world: World, orders: number): Promise<Cost> {
  await burst(world, WARM_UP);
  const { pid } = world.fn.process();
  const [cpu, started] = [usageOf(pid).cpuMilliseconds, performance.now()];
  await burst(world, orders);
  return { cpu: (usageOf(pid).cpuMilliseconds - cpu) / orders, seconds: (performance.now() - started) / 1000 };
}

/** Places orders, and waits until Klaviyo has all of them. */
async function burst({ shop, klaviyo, broker }: World, orders: number): Promise<void> {
  const { publishAll } = createClient(broker.url);
  const placed = () => klaviyo.eventsOf('Placed Order').length;
  const all = placed() + orders;
  createBurst({
    shop,
    publish: (notifications) => publishAll(notifications.map((one) => ({ data: JSON.stringify(one) }))),
    onOrder: () => {},
    onError: (error) => console.error(error),
  }).add(orders);
  await eventually(() => placed() >= all || undefined, `${orders} orders`, SECONDS);
}
