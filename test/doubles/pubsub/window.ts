/** Runs work when it may begin. */
export type Window = <T>(work: () => Promise<T>) => Promise<T>;

/** Returns what lets so many works be under way at once. The others wait in the order in which they came. */
export function createWindow(size: number): Window {
  const waiting: (() => void)[] = [];
  let free = size;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
