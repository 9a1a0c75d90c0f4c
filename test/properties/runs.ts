/** How often to try a property: as often as told, times the environment's `PROPERTY_FACTOR` for a long search. */
export const runs = (times: number): { numRuns: number } => ({
  numRuns: Math.ceil(times * Number(process.env.PROPERTY_FACTOR ?? 1)),
});
