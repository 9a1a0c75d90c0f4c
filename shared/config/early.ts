import type { Variables } from './given.ts';

// Variables that are needed before, or without, the whole configuration; `environment.ts` checks them with the rest.

/** Returns the port to listen on: PORT, else PUB_SUB_PORT, else 8080. */
export const listeningPort = ({ PORT, PUB_SUB_PORT }: Variables = process.env): string =>
  PORT || PUB_SUB_PORT || '8080';

/** Sets HOST to this machine only, unless it is set: what `npm start` serves is nobody else's by default. */
export const listenToThisMachine = (variables: Variables = process.env): void => {
  variables.HOST ||= '127.0.0.1';
};

/** Returns the Google Cloud project that tools work on; undefined when none is set. */
export const googleCloudProject = ({ GOOGLE_CLOUD_PROJECT }: Variables = process.env): string | undefined =>
  GOOGLE_CLOUD_PROJECT || undefined;

/** Returns the folder that a command was typed in: npm runs its scripts in the folder of package.json. */
export const startedFrom = ({ INIT_CWD }: Variables = process.env): string => INIT_CWD || process.cwd();

/** Returns the path of the extension as it is given to build and tools: `none` for none, undefined for the usual place. */
export const extensionPath = ({ KLAVIYO_SYNC_EXTENSION }: Variables = process.env): string | undefined =>
  KLAVIYO_SYNC_EXTENSION || undefined;

/** Returns the variables in which Node's HTTP agents look for proxies: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in any case. */
export const proxyVariables = (variables: Variables = process.env): Variables => variables;
