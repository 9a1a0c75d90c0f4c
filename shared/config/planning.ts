import { type Configuration, readConfiguration } from './environment.ts';

/** No key: nothing is sent with it. */
const NO_KEY = 'pk_none';

/**
 * Reads the environment of a tool that plans and never writes: it needs no key of Klaviyo.
 *
 * @throws ConfigurationError with every other problem
 */
export const readPlanningConfiguration = (variables: Record<string, string | undefined> = process.env): Configuration =>
  readConfiguration({ ...variables, KLAVIYO_AUTH_KEY: variables.KLAVIYO_AUTH_KEY || NO_KEY });
