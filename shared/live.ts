import type { Delivery } from './planner.ts';

/** What became of a message that is acknowledged. */
export type Outcome = 'synced' | 'ignored' | 'gone';

/** The way that live traffic takes, without a message. */
export interface LiveWay {
  /** Plans what a notification asks for and carries it out, as one attempt. Throws what the function would throw. */
  carryOut(delivery: Delivery): Promise<Outcome>;
}
