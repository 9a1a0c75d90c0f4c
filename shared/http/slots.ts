/** How long a request may keep others waiting: many times what an answer takes. Milliseconds. */
const PATIENCE = 2000;

/** A few slots for requests that are under way at once. */
export interface Slots {
  isFree(): boolean;
  /** Takes a slot. The returned function gives it back. */
  take(): () => void;
}

/**
 * Returns slots. A request that takes very long loses its slot to another one, so that two that hang hold up nobody else until
 * their time is over.
 *
 * @param onFree called when a slot is free, and when a request is over that had lost its own
 * @param areKept whether a request keeps its slot however long it takes
 */
export function createSlots(count: number, onFree: () => void, areKept: boolean): Slots {
  const taken = new Set<() => void>();
  return {
    isFree: () => taken.size < count,
    take() {
      const release = () => {
        clearTimeout(timer);
        taken.delete(release);
        onFree();
      };
      const timer = areKept ? undefined : setTimeout(release, PATIENCE);
      taken.add(release);
      return release;
    },
  };
}
