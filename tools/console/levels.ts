/** Levels that are shown one by one. */
const SHOWN = 100;

/** Whether a value has more levels than are shown one by one: the value is shown as its text then. */
export const isTooDeep = (value: unknown): boolean => isDeeperThan(SHOWN, value);

/** Whether a value holds others within others so many times, which neither `JSON.stringify` nor a page may be able to show. */
export const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));
