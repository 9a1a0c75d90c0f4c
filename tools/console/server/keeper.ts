import type { World } from '../../sandbox/world.ts';
import type { FunctionState } from '../api.ts';

/** Keeps the function's process up. */
export interface Keeper {
  state(): FunctionState;
  /** Ends the process at once; another one takes its place. */
  kill(): FunctionState;
}

/**
 * Starts another process whenever the function's has ended, by whose hand ever; but not of one that never served, as the next
 * would not either.
 *
 * @param onChange called when the process goes and when the next one serves
 */
export function keepUp(fn: Pick<World['fn'], 'process' | 'restart'>, onChange: () => void): Keeper {
  let restarts = 0;
  let isRestarting = false;

  const state = (): FunctionState => {
    const process = fn.process();
    const startedAt = performance.timeOrigin + process.startedAt;
    return { pid: process.pid, isUp: !isRestarting && !process.ended(), startedAt, restarts };
  };

  async function restart(): Promise<void> {
    if (isRestarting) return;
    isRestarting = true;
    restarts += 1;
    onChange();
    try {
      await fn.restart();
      // There is no other one once all is stopped.
      if (!fn.process().ended()) watch();
    } catch (error) {
      console.error(String(error));
    } finally {
      isRestarting = false;
      onChange();
    }
  }

  function watch(): void {
    const { exit } = fn.process();
    void exit.then(restart);
  }

  watch();
  return {
    state,
    kill() {
      void restart();
      return state();
    },
  };
}
