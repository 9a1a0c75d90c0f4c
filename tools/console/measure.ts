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
  --rounds N   of each kind, in turn; 3 by default
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
    rounds: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(HELP);
else await main(Number(options.orders), Number(options.rounds));

async function main(orders: number, rounds: number): Promise<void> {
  const costs = { without: [] as Cost[], with: [] as Cost[] };
  for (let round = 1; round <= rounds; round++) {
    costs.without.push(await without(orders));
    costs.with.push(await withConsole(orders));
  }
  for (const [how, of] of Object.entries(costs))
    console.log(
      `${how.padEnd(8)} ${of.map(({ cpu, seconds }) => `${cpu.toFixed(2)} ms, ${seconds.toFixed(1)} s`).join('   ')}`,
    );
  const ratio = median(costs.with.map(({ cpu }, round) => cpu / (costs.without[round]?.cpu ?? Number.NaN)));
  console.log(
    `looked at, the function needs ${((ratio - 1) * 100).toFixed(1)} % more CPU time: the median of the rounds`,
  );
  process.exitCode = ratio <= MOST ? 0 : 1;
}

async function without(orders: number): Promise<Cost> {
  const world = await startWorld({ broker: 'in-process' });
  try {
    return await measure(world, orders);
  } finally {
    await world.stop();
  }
}

async function withConsole(orders: number): Promise<Cost> {
  const { url, world, stop } = await startConsole({ port: 0, broker: 'in-process' });
  // An open page.
  get(`${url}/api/events`, (response) => response.resume()).on('error', () => {});
  try {
    return await measure(world, orders);
  } finally {
    await stop();
  }
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
