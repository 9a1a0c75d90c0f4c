/** ⚙ So many are repaired one by one; more than that in bulk. */
export const FEW = 200;
/** About the size of a batch as JSON: a job takes 5 MB, and the memory of a run is as many of them as are under way. */
const CHARACTERS = 4_000_000;

/** Some of what is to be repaired, and whether there is so much of it that it goes in bulk. */
export interface Batch<T> {
  entries: T[];
  isMany: boolean;
}

/** Yields what is found in batches: one of few at the end, or large ones as soon as it is more than a few. */
export async function* batchesOf<T>(found: AsyncIterable<readonly T[]>): AsyncGenerator<Batch<T>, void> {
  let isMany = false;
  let entries: T[] = [];
  let characters = 0;
  for await (const some of found)
    for (const entry of some) {
      entries.push(entry);
      characters += JSON.stringify(entry).length;
      isMany ||= entries.length > FEW;
      if (!isMany || characters < CHARACTERS) continue;
      yield { entries, isMany };
      entries = [];
      characters = 0;
    }
  if (entries.length > 0) yield { entries, isMany };
}
