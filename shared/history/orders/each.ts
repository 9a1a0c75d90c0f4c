/**
 * Does some work for each of the items, a few of them at once, in their order. When it fails for one, no other is begun, and those under
 * way are finished.
 *
 * @throws what the first work that failed threw
 */
export async function forEach<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;

  async function worker(): Promise<void> {
    while (next < items.length && failures.length === 0) {
      const item = items[next++] as T;
      await work(item).catch((error: unknown) => failures.push(error));
    }
  }

  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}
