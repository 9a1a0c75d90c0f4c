import { CredentialsError } from '../errors.ts';
import type { PlanContext } from './handler.ts';

/**
 * Returns what is read with a scope that an API client may lack; undefined, with a warning, when commercetools says that the client
 * lacks it.
 *
 * @param lost what is left out then, in the words of the warning
 */
export async function readOptional<T>(
  reading: Promise<T>,
  scope: string,
  lost: string,
  { warn }: Pick<PlanContext, 'warn'>,
): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof CredentialsError && error.status === 403)) throw error;
    warn(`${lost}: CT_SCOPE lacks ${scope}`);
    return undefined;
  }
}
