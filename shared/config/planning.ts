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

/**
 * Reads as much of the environment as leads to commercetools, for who needs nothing else: whatever else is wrong is no hindrance.
 *
 * @throws ConfigurationError with every problem of these variables
 */
export const readAccess = (variables: Record<string, string | undefined> = process.env): Configuration =>
  readPlanningConfiguration(Object.fromEntries(Object.entries(variables).filter(([name]) => /^CTP?_/.test(name))));
