import type { History, Options } from '../history.ts';
import { createComebacks } from './comebacks.ts';
import { type Counts, createCounts } from './counts.ts';
import { total } from './days.ts';
import { createLedger } from './ledger.ts';
import { createLook } from './look-again.ts';
import { createMending } from './mend.ts';
import { renewChanged } from './overwritten.ts';
import { comparePlaced } from './placed.ts';
import { firstDay } from './reading.ts';
import { compareRefunds } from './refunds.ts';
import { compareStates } from './states.ts';

/**
 * Compares what the orders of a shop stand for with the events that Klaviyo has, and sends what is missing if the run repairs: orders
 * that were placed first, as all other facts of an order that Klaviyo does not know go along with it.
 *
 * @throws what the patience of the run throws
 */
export async function runOrders(given: History): Promise<void> {
  const history = { ...given, options: inSeconds(given.options) };
  const { options, account, report } = history;
  const started = Date.now();
  const span = { from: options.since ?? (await firstDay(history)), until: options.until };
  const count = (): Counts => createCounts(account, span);
  const before = count();

  const ledger = createLedger();
  const comebacks = createComebacks(history, started);
  const mending = createMending(history, ledger, before, comebacks);
  const look = createLook(history, { ledger, mending, before, count });
  const compared = new Set<string>();
  const found = (metric: string, facts: number): void => {
    compared.add(metric);
    report.count(metric, { commercetools: facts });
  };
  async function run(): Promise<void> {
    const sent = await comparePlaced({ history, span, counts: before, mending, found });
    const counts = await look.settle();
    await compareStates({ history, span, counts, mending, found }, sent);
    await compareRefunds({ history, span, counts, mending, found });
    const shown = await look.settle();
    await look.report();
    await comebacks.finish();
    if (ledger.events() > 0) await renewChanged(history, started);
    for (const metric of compared) {
      const klaviyo = total(await shown.byDay(metric));
      const repaired = options.repair ? Math.max(0, klaviyo - total(await before.byDay(metric))) : 0;
      report.count(metric, { klaviyo, repaired });
    }
  }

  try {
    await run();
  } catch (error) {
    // Whether Klaviyo shows what was sent nobody has looked.
    for (const [metric, days] of ledger.all()) report.count(metric, { repaired: total(days) });
    throw error;
  }
}

/** Klaviyo keeps and counts whole seconds. */
const inSeconds = (options: Options): Options => ({
  ...options,
  since: options.since === undefined ? undefined : toSecond(options.since),
  until: toSecond(options.until),
});

const toSecond = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;
