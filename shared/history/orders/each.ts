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

  async function worker(): Promise<void> {
    try {
      for await (const item of rest) {
        if (failures.length > 0) return;
        await work(item);
      }
    } catch (error) {
      failures.push(error);
    }
  }

  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}

async function* eachOf<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* items;
}
