/**
 * Does some work for each of the items, a few of them at once, in their order. When it fails for one, no other is begun, and those under
 * way are finished.
 *
 * @param items as many of them are asked for as are worked on
 * @throws what the first work that failed threw
 */
export async function forEach<T>(
  items: Iterable<T> | AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  const rest = eachOf(items);

  /** Returns whether there was another item. Keeps none while it is worked on: an item may be large, and the work soon done with it. */
  const workOnNext = (): Promise<boolean> =>
    rest.next().then((next) => (next.done || failures.length > 0 ? false : work(next.value).then(() => true)));

  async function worker(): Promise<void> {
    try {
      while (await workOnNext());
    } catch (error) {
      failures.push(error);
    }
  }

  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length === 0) return;
  await rest.return();
  throw failures[0];
}

async function* eachOf<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* items;
}
