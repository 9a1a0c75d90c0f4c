/**
 * The class of an error decides what becomes of the message: everything thrown makes the attempt fail, so that Pub/Sub
 * delivers again; only the urgency differs. Messages are our own words and never hold values of a customer.
 */

/** What is known of a refused or failed HTTP call, without its bodies and headers. */
export interface ErrorDetails {
  /** HTTP status, absent when no answer came. */
  status?: number;
  /** The service's own error code, or the network's (ECONNRESET). */
  code?: string;
  /** JSON pointer into the request, as Klaviyo gives it. */
  pointer?: string;
}

/** Base of all errors that this project throws on purpose: their messages may be logged. */
export class SyncError extends Error {
  readonly status?: number;
  readonly code?: string;
  readonly pointer?: string;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = new.target.name;
    this.status = details.status;
    this.code = details.code;
    this.pointer = details.pointer;
  }
}

/** It may work later: a timeout, a reset, 408, 429, 5xx, or a related resource that cannot be read yet. */
export class RetryableError extends SyncError {
  /** Milliseconds that the service asked us to wait (Retry-After). */
  readonly retryAfter?: number;

  constructor(message: string, details: ErrorDetails & { retryAfter?: number } = {}) {
    super(message, details);
    this.retryAfter = details.retryAfter;
  }
}

/** 401 or 403: retried by Pub/Sub, so that a rotated key does not drain the queue, but somebody has to be woken. */
export class CredentialsError extends RetryableError {}

/** The service refuses what we ask and will again: the dead-letter topic keeps the message. */
export class PermanentError extends SyncError {}

/** Not JSON, not PlatformFormat, or lacking what the mapping needs. */
export class InvalidMessageError extends SyncError {}

/** Wrong environment or settings: the process does not start. */
export class ConfigurationError extends SyncError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** The resource that a notification is about does not exist any more: nothing to do, so the message is acknowledged. */
export class GoneError extends SyncError {}

/** The class of an error of somebody else, which may be told where its message may not; undefined when it is none. */
export const nameOf = (error: unknown): string | undefined => (error instanceof Error ? error.name : undefined);

/** Unwraps what was read for a notification. Throws GoneError when the resource is gone. */
export function existing<T>(resource: T | undefined): T {
  if (resource === undefined) throw new GoneError('the resource is gone from commercetools');
  return resource;
}

/**
 * Klaviyo already has what the plan meant to create, so the payload that the plan was made from may be older than what
 * is there: plan again from the resource as it is now.
 */
export class StalePlanError extends SyncError {}
