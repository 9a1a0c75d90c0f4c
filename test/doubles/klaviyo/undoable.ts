import type { State } from './state.ts';

/**
 * Returns what `run` returns, and what takes back the changes to profiles that it has made. When it throws, they are taken back
 * already.
 */
export function undoable<T>(state: State, run: () => T): { result: T; takeBack(): void } {
  const changes: (() => void)[] = [];
  const takeBack = () => {
    for (const undo of changes.reverse()) undo();
  };
  state.undo = changes;
  try {
    return { result: run(), takeBack };
  } catch (error) {
    takeBack();
    throw error;
  } finally {
    state.undo = undefined;
  }
}
