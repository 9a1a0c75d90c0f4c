/** What an item in a queue says of the requests that it may travel in. */
export interface Load {
  weight: number;
  /** How many items it stands for. */
  count: number;
  /** No two with one of these names travel at the same time. */
  names: readonly string[];
  /** Most loads in whose company it may travel. */
  company: number;
}

/** What a request takes. */
export interface Most {
  items: number;
  weight: number;
}

/** Returns what may travel together of a queue, the oldest first, and what is left. A load beyond what a request takes travels alone. */
export function takeBatch<L extends Load>(
  queue: readonly L[],
  most: Most,
  travelling: ReadonlySet<string>,
): [batch: L[], left: L[]] {
  const batch: L[] = [];
  const left: L[] = [];
  const names = new Set<string>();
  let [count, weight, room] = [0, 0, most.items];
  for (const load of queue) {
    const company = Math.min(room, load.company);
    const isTooMuch = count + load.count > most.items || weight + load.weight > most.weight;
    const hasRoom = batch.length === 0 || (batch.length < company && !isTooMuch);
    if (!hasRoom || load.names.some((name) => names.has(name) || travelling.has(name))) {
      left.push(load);
      continue;
    }
    batch.push(load);
    count += load.count;
    weight += load.weight;
    room = company;
    for (const name of load.names) names.add(name);
  }
  return [batch, left];
}

/** Returns whether a queue fills a request. */
export function isFull(queue: readonly Load[], most: Most): boolean {
  const sum = (of: 'count' | 'weight') => queue.reduce((total, load) => total + load[of], 0);
  return sum('count') >= most.items || sum('weight') >= most.weight;
}
