import type { Arrivals } from '../../test/doubles/klaviyo/state.ts';
import type { Random } from './random.ts';

/** Milliseconds in which a run comes to customers or the catalog; the more orders there are, the more of these, too. */
const SOONEST = 2000;
const LATEST = 7000;
/** So many events in bulk are more than live traffic tells of carts: a run that has sent them is among the orders. */
const FEWEST_EVENTS = 300;
/** Of an order, about. */
const EVENTS = 3;

/**
 * Returns when to kill the runs of a backfill: half of them a time by chance after they have begun, the others among the orders, after a
 * number of events by chance. Each is called as its run begins, and what it returns says whether it is time.
 *
 * @param arrivals what Klaviyo has recorded so far
 */
export function killTimes(
  { orders, kills }: { orders: number; kills: number },
  arrivals: Readonly<Arrivals>,
  random: Random,
): (() => () => boolean)[] {
  const early = Math.floor(kills / 2);
  const afterTime = () => {
    const at = Date.now() + SOONEST + random.below(LATEST + orders - SOONEST);
    return () => Date.now() >= at;
  };
  const afterEvents = () => {
    const enough = arrivals.bulk + FEWEST_EVENTS + random.below((orders * EVENTS) / (kills - early));
    return () => arrivals.bulk >= enough;
  };
  return Array.from({ length: kills }, (_, kill) => (kill < early ? afterTime : afterEvents));
}
