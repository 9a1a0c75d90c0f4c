import type { State } from './state.ts';

/** Returns what `run` returns. When it throws, the profiles that it has created or changed are as before. */
export function allOrNothing<T>(state: State, run: () => T): T {
  state.undo = [];
  try {
    return run();
  } catch (error) {
    for (const takeBack of state.undo.reverse()) takeBack();
    throw error;
  } finally {
    state.undo = undefined;
  }
}
