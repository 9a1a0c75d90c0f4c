/**
 * Returns a function that makes calls, so many of them at once: the others wait for their turn.
 *
 * @example const inTurn = turns(4);
 * await Promise.all(ids.map((id) => inTurn(() => read(id))));
 */
export function turns(count: number): <T>(call: () => Promise<T>) => Promise<T> {
  let free = count;
  const waiting: (() => void)[] = [];
  const pass = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return async (call) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return call().finally(pass);
  };
}
