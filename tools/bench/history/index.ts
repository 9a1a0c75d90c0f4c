import { type Backfilled, measureBackfill, type Size } from './backfill.ts';
import { type Beside, measureBeside } from './beside.ts';
import { type Killed, measureKilled } from './killed.ts';
import { measureReconcile, type Reconciled } from './reconcile.ts';

/** What is measured of history. */
export const HISTORY_SCENARIOS = ['backfill', 'reconcile'] as const;

/** What the scenarios of history gave. */
export interface HistoryScenes {
  /** The small past first. */
  backfills: Backfilled[];
  killed?: Killed;
  /** Without backfill first. */
  beside: Beside[];
  reconciled?: Reconciled;
}

const FIVE_YEARS = 1825;
/** A past that fits into one of Klaviyo's minutes, and one that fills some. */
const SMALL: Size = { orders: 20_000, days: FIVE_YEARS };
const LARGE: Size = { orders: 60_000, days: FIVE_YEARS };
const KILLS = 10;
/** Less than half of what Klaviyo takes of any call that such orders need. */
const LIVE = { perSecond: 4, seconds: 60 };

/**
 * Measures the program that writes history and compares it, one scenario after the other.
 *
 * @param latency milliseconds of a call
 */
export async function measureHistory(
  names: readonly string[],
  latency: number,
  nodeOptions: readonly string[],
): Promise<HistoryScenes> {
  const scenes: HistoryScenes = { backfills: [], beside: [] };
  if (names.includes('backfill')) {
    for (const size of [SMALL, LARGE]) {
      console.error(`backfill of ${size.orders} orders`);
      scenes.backfills.push(await measureBackfill(size, latency, nodeOptions));
    }
    const least = scenes.backfills.at(-1)?.bulk ?? 0;
    console.error(`backfill of ${LARGE.orders} orders, killed ${KILLS} times`);
    scenes.killed = await measureKilled(LARGE, { kills: KILLS, least }, latency);
    for (const isBeside of [false, true]) {
      console.error(isBeside ? 'live traffic beside backfill' : 'live traffic without backfill');
      scenes.beside.push(await measureBeside({ isBeside, ...LIVE }, LARGE, latency));
    }
  }
  if (names.includes('reconcile')) {
    console.error(`reconcile of ${LARGE.orders} orders`);
    scenes.reconciled = await measureReconcile(LARGE, latency, nodeOptions);
  }
  return scenes;
}
