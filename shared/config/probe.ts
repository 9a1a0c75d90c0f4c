import { ConfigurationError } from '../errors.ts';
import type { Variables } from './given.ts';

/** Which account the probe is about. */
export interface ProbeAccess {
  /** A private key. */
  apiKey: string;
  /** Klaviyo's own when undefined. */
  apiUrl?: string;
}

/**
 * Returns the key that the probe writes with. It has a variable of its own, so that the probe never finds the key of a shop in an
 * environment that was made for the other tools.
 *
 * @throws ConfigurationError when there is none, or when it is the function's
 */
export function readProbeAccess(variables: Variables = process.env): ProbeAccess {
  const { KLAVIYO_PROBE_KEY: apiKey, KLAVIYO_AUTH_KEY, KLAVIYO_API_URL } = variables;
  if (!apiKey)
    throw new ConfigurationError([
      'KLAVIYO_PROBE_KEY: expected a private API key of a trial account; KLAVIYO_AUTH_KEY is not used',
    ]);
  if (apiKey === KLAVIYO_AUTH_KEY)
    throw new ConfigurationError([
      'KLAVIYO_PROBE_KEY: expected the key of an account that no shop is synced to, not KLAVIYO_AUTH_KEY',
    ]);
  return { apiKey, apiUrl: KLAVIYO_API_URL || undefined };
}
