/** Variables by name; undefined for none. */
export type Variables = Record<string, string | undefined>;

/** Returns the variables that are set: an empty one counts as unset. */
export const givenOf = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
