import manifest from '../../package.json' with { type: 'json' };

/** Names the project and its version to both services. */
export const USER_AGENT = `${manifest.name}/${manifest.version}`;
