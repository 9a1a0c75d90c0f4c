/**
 * The class of an error decides what becomes of the message. An error that leaves the function fails the attempt, so that
 * Pub/Sub delivers the message again; the field `retry` says what we do ourselves. Messages are our own words and never hold
 * values of a customer.
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

/**
 * When the same call may succeed. `soon`: within this attempt, after a pause. `later`: after somebody has mended something,
 * so at once nothing is tried, and somebody is woken. `never`: the dead-letter topic keeps the message.
 */
type Retry = 'soon' | 'later' | 'never';

/** Characters: Cloud Logging takes no line above 256 KB, and an id that a message names may be as long as the message. */
const LONGEST = 10_000;

/** Base of all errors that this project throws on purpose. Their messages may be logged. */
export class SyncError extends Error {
  readonly retry: Retry = 'never';
  readonly status?: number;
  readonly code?: string;
  readonly pointer?: string;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message.slice(0, LONGEST));
    this.name = new.target.name;
    this.status = details.status;
    this.code = details.code;
    this.pointer = details.pointer;
  }
}

/** A timeout, a reset, 408, 429, 5xx, or a related resource that cannot be read yet. */
export class RetryableError extends SyncError {
  override readonly retry = 'soon';
  /** Milliseconds that the service asked us to wait (Retry-After). */
  readonly retryAfter?: number;

  constructor(message: string, details: ErrorDetails & { retryAfter?: number } = {}) {
    super(message, details);
    this.retryAfter = details.retryAfter;
  }
}

/** 401 or 403. Pub/Sub goes on delivering, so that a rotated key does not drain the queue. */
export class CredentialsError extends SyncError {
  override readonly retry = 'later';
}

/** The service refuses the request, and would refuse it again. */
export class PermanentError extends SyncError {
  /** The profile that holds an identifier already, in Klaviyo's 409 `duplicate_profile`. */
  readonly duplicateProfileId?: string;
  /** JSON pointers into the request, one for each problem that has one; `pointer` is the first problem's. */
  readonly pointers: readonly string[];

  constructor(
    message: string,
    details: ErrorDetails & { duplicateProfileId?: string; pointers?: readonly string[] } = {},
  ) {
    super(message, details);
    this.duplicateProfileId = details.duplicateProfileId;
    this.pointers = details.pointers ?? [];
  }
}

/** Not JSON, not PlatformFormat, or a payload that lacks what the mapping needs. */
export class InvalidMessageError extends SyncError {}

/** Where an extension failed. Holds no value of a customer. */
export interface ExtensionPlace {
  /** The extension's name. */
  extension: string;
  /** The hook, or the handler, such as `event` or `handler loyalty`. */
  hook: string;
  /** Kind and id of the write; undefined when there is none yet. */
  write?: string;
  /** File, line and column; undefined when the extension itself threw nothing. */
  at?: string;
}

/** The merchant's extension threw, or returned what it may not. The dead-letter topic keeps the message until that is mended. */
export class ExtensionError extends SyncError {
  readonly place: ExtensionPlace;

  /** @param what happened, in our own words */
  constructor(place: ExtensionPlace, what: string) {
    const { extension, hook, write, at } = place;
    super(`the extension ${extension}, ${hook}${write ? ` of ${write}` : ''}${at ? ` (${at})` : ''}: ${what}`);
    this.place = place;
  }
}

/** Wrong environment, settings or extension. The process does not start. */
export class ConfigurationError extends SyncError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** The resource that a notification is about does not exist any more. Nothing is to be done, so we acknowledge. */
export class GoneError extends SyncError {}

/**
 * Klaviyo already has what the plan meant to create, so Klaviyo may be newer than the payload behind the plan: read the
 * resource and plan again.
 */
export class StalePlanError extends SyncError {}
