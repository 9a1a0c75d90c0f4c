/**
 * Yields what several sources yield, as it comes, from a few of them at a time. Each of these is one value ahead of whoever takes
 * them, and no further.
 *
 * @param most sources that are read at once
 * @throws what a source throws; the others are told to end
 */
export async function* sideBySide<T>(sources: readonly AsyncIterable<T>[], most: number): AsyncGenerator<T, void> {
  const waiting = [...sources];
  const asked = new Map<AsyncIterator<T>, Promise<Answer<T>>>();

  function ask(iterator: AsyncIterator<T>): void {
    const answer = iterator.next().then((result) => ({ iterator, result }));
    // Thrown below, when it is its turn.
    answer.catch(() => {});
    asked.set(iterator, answer);
  }

  function begin(): void {
    const source = waiting.shift();
    if (source) ask(source[Symbol.asyncIterator]());
  }

  for (let count = 0; count < most; count++) begin();
  try {
    while (asked.size > 0) {
      const { iterator, result } = await Promise.race(asked.values());
      asked.delete(iterator);
      if (result.done) {
        begin();
        continue;
      }
      ask(iterator);
      yield result.value;
    }
  } finally {
    // Not waited for: what a source is at may take long.
    for (const iterator of asked.keys()) iterator.return?.().catch(() => {});
  }
}

interface Answer<T> {
  iterator: AsyncIterator<T>;
  result: IteratorResult<T>;
}
