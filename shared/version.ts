import manifest from '../package.json' with { type: 'json' };

/** Set by tools/build where git knows the commit. */
declare const BUILT_FROM: string | undefined;

/** Names this project to others. */
export const { name: NAME, version: VERSION } = manifest;

/** The commit that the running bundle was built from, with a + when files had been changed; undefined when nobody knows. */
export const COMMIT = typeof BUILT_FROM === 'string' ? BUILT_FROM : undefined;
