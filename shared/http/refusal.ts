import { CredentialsError, type ErrorDetails, PermanentError, RetryableError, type SyncError } from '../errors.ts';
import { isCredentialsStatus, isRetryableStatus, parseRetryAfter, URI_TOO_LONG } from './status.ts';

/** An HTTP answer that is no success. */
export interface Refusal extends ErrorDetails {
  status: number;
  /** The header Retry-After, unread. */
  retryAfter?: unknown;
  /** Whether the body is not of the service: a proxy or a gateway answered in its place. */
  isForeign: boolean;
  /** Of Klaviyo's 409 `duplicate_profile`. */
  duplicateProfileId?: string;
  /** Of all problems that Klaviyo names. */
  pointers?: readonly string[];
}

/** Our own words for each kind of refusal, without values of a customer. */
interface Words {
  credentials: string;
  unavailable: string;
  refused: string;
}

/**
 * Returns the error that a refused call of either API stands for: 401 and 403 are about credentials; 408, 429, 5xx and
 * somebody else's answer may pass; everything else is final, 414 whoever it comes from. The token endpoint of commercetools has a rule of its own
 * (`createTokenFetch`): there every refusal is about credentials.
 */
export function toSyncError({ retryAfter, isForeign, ...details }: Refusal, words: Words): SyncError {
  const { status } = details;
  if (isCredentialsStatus(status)) return new CredentialsError(words.credentials, details);
  if (isRetryableStatus(status) || (isForeign && status !== URI_TOO_LONG))
    return new RetryableError(words.unavailable, { ...details, retryAfter: parseRetryAfter(retryAfter) });
  return new PermanentError(words.refused, details);
}

/** Returns the name of a foreign error. Safe to log; its message may hold personal data. Undefined for a non-error. */
export const errorName = (error: unknown): string | undefined => (error instanceof Error ? error.name : undefined);
