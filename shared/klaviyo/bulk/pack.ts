/** Returns entries in their order, in packs of so many and so much weight at most. An entry that is heavier is alone in its pack. */
export function pack<T>(
  entries: readonly T[],
  { items, weight }: { items: number; weight: number },
  weigh: (entry: T) => number,
): T[][] {
  const packs: T[][] = [];
  let pack: T[] = [];
  let packed = 0;
  for (const entry of entries) {
    const own = weigh(entry);
    if (pack.length > 0 && (pack.length >= items || packed + own > weight)) {
      packs.push(pack);
      [pack, packed] = [[], 0];
    }
    pack.push(entry);
    packed += own;
  }
  return pack.length > 0 ? [...packs, pack] : packs;
}
