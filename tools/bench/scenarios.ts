import { measureBehindPrices, type OrdersMeanwhile, PRICE_RUN } from './behind-prices.ts';
import { HISTORY_SCENARIOS, type HistoryScenes, measureHistory } from './history/index.ts';
import type { Options } from './measure.ts';
import { measureSurge, SURGES, type Surged } from './surge.ts';

/** What is measured of many messages at once. */
export const SCENARIOS = ['order-surge', 'order-behind-prices', ...HISTORY_SCENARIOS] as const;

/** The name of a scenario. */
export type Scenario = (typeof SCENARIOS)[number];

/** What the scenarios gave; those of another folder come last, but for history, which is ours alone. */
export interface Scenes {
  surges: Surged[];
  behindPrices: OrdersMeanwhile[];
  history: HistoryScenes;
}

/**
 * Measures scenarios with the function of each folder, one after the other. Another folder's has to take the smallest surge only.
 */
export async function measureScenarios(
  names: readonly Scenario[],
  { folders, latency, nodeOptions }: Pick<Options, 'folders' | 'latency' | 'nodeOptions'>,
): Promise<Scenes> {
  const surges: Surged[] = [];
  const behindPrices: OrdersMeanwhile[] = [];
  for (const [index, folder] of folders.entries()) {
    if (names.includes('order-surge')) {
      for (const surge of index === 0 ? SURGES : SURGES.slice(0, 1)) {
        console.error(`order-surge of ${surge.orders}`);
        surges.push(await measureSurge(folder, surge, latency));
      }
    }
    if (names.includes('order-behind-prices')) {
      console.error('order-behind-prices');
      behindPrices.push(await measureBehindPrices(folder, PRICE_RUN, latency));
    }
  }
  return { surges, behindPrices, history: await measureHistory(names, latency, nodeOptions) };
}
