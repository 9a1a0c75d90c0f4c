import { NAME, VERSION } from '../version.ts';

/** Names the project and its version to both services. */
export const USER_AGENT = `${NAME}/${VERSION}`;
