import { CredentialsError, SyncError } from '../../../shared/errors.ts';
import { messageOf } from '../support/cli.ts';

/** Returns why something could not be done, in our own words; of a refused key what the key needs. */
export function reasonOf(error: unknown, scopes: readonly string[]): string {
  if (error instanceof CredentialsError)
    return error.status === 403 ? `the key lacks one of ${scopes.join(', ')}` : 'the key is refused';
  const status = error instanceof SyncError && error.status ? ` (status ${error.status})` : '';
  return messageOf(error) + status;
}
