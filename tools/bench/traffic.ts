import { setTimeout as sleep } from 'node:timers/promises';

/** A round of calls has ended when none came for so long: much longer than a call costs by itself. */
const QUIET_MILLISECONDS = 40;

/** Who is called. */
export type Side = 'commercetools' | 'klaviyo';

/** When answers are given: each after so many milliseconds, or all together when nobody asks any more. */
type Pace = number | 'rounds';

/** What the stand-ins saw since it was last reset, and how they answer. */
export interface Traffic {
  pace: Pace;
  calls: Record<Side, number>;
  /** Connections that were opened. */
  connections: number;
  /** Rounds of calls that were answered together: the round trips that a lone message waits for, one after the other. */
  rounds: number;
  /** Requests that the stand-ins do not know, as method and path. */
  unknown: string[];
  /** Resolves when a call that came now is to be answered. */
  answerTime(): Promise<void>;
  reset(): void;
}

/** Traffic of which nothing was seen yet, without any delay. */
export function createTraffic(): Traffic {
  let held: (() => void)[] = [];
  let quiet: NodeJS.Timeout | undefined;
  const nothing = () => ({ calls: { commercetools: 0, klaviyo: 0 }, connections: 0, rounds: 0, unknown: [] });

  function release(): void {
    traffic.rounds += 1;
    const calls = held;
    held = [];
    for (const call of calls) call();
  }

  const traffic: Traffic = {
    pace: 0,
    ...nothing(),
    async answerTime() {
      if (traffic.pace === 0) return;
      if (traffic.pace !== 'rounds') return sleep(traffic.pace);
      clearTimeout(quiet);
      quiet = setTimeout(release, QUIET_MILLISECONDS);
      return new Promise((resolve) => {
        held.push(resolve);
      });
    },
    reset: () => {
      Object.assign(traffic, nothing());
    },
  };
  return traffic;
}
