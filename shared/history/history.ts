import type { Commercetools } from '../commercetools/index.ts';
import type { Scans } from '../commercetools/scans/scans.ts';
import type { Settings } from '../config/settings.ts';
import type { SyncError } from '../errors.ts';
import type { Extension } from '../extension/extension.ts';
import type { Account } from '../klaviyo/bulk/account.ts';
import type { LiveWay } from '../live.ts';

/** What is compared, in the order in which it is. */
export const KINDS = ['categories', 'products', 'customers', 'orders'] as const;

export type Kind = (typeof KINDS)[number];

/** What a run is about and may do. */
export interface Options {
  only: readonly Kind[];
  /** The first moment that is looked at, in milliseconds since the epoch; undefined for all of the past. */
  since: number | undefined;
  /** The moment that is the first not to be looked at: everything from then on belongs to live traffic. */
  until: number;
  /** Whether what is counted is compared one by one as well. */
  exact: boolean;
  /** Whether to look for what only Klaviyo has. */
  extras: boolean;
  /** Whether differences are repaired. */
  repair: boolean;
  /** Whether catalog entries that only Klaviyo has are hidden or deleted. */
  deleteExtras: boolean;
  /** Whether phone numbers are compared and written. */
  phones: boolean;
  /** How long to wait before each look at the days written to, in minutes: Klaviyo's 202 proves nothing. */
  lookAgain: readonly number[];
}

/** Why a difference is as it should be. */
export type Reason = 'dropped' | 'erased' | 'nobody' | 'refused' | 'shared';

/** A row of the report: an object of the catalog, a profile, or the events of a metric, by its name. */
export type Subject = 'category' | 'item' | 'variant' | 'profile' | (string & {});

/** One thing that both sides do not agree on. Ids and names of fields only, never a value. */
export interface Difference {
  subject: Subject;
  what: 'missing' | 'differing' | 'extra';
  /** commercetools' id, of an event the id of its order or payment; Klaviyo's of what only Klaviyo has. */
  id: string;
  /** Of an event, where it is not the id. */
  uniqueId?: string;
  /** Names of the fields that differ. */
  fields?: readonly string[];
  /** Why it stays, where that is known. Such a difference is counted and is none to mend. */
  reason?: Reason;
}

/** Takes what a run finds. A difference that was repaired is taken back. */
export interface Report {
  /** Adds to how many there are on either side, and how many of these were repaired without having been differences of the report. */
  count(subject: Subject, sides: { commercetools?: number; klaviyo?: number; repaired?: number }): void;
  add(difference: Difference): void;
  /** Says that a difference that was added is none any more: it was repaired, or Klaviyo shows by now what it did not show. */
  remove(difference: Difference): void;
}

/** Tells how far a run is. */
export interface Progress {
  /** Adds to what there is to do; undefined figures are not known yet. */
  expect(kind: Kind, units: number): void;
  done(kind: Kind, units: number): void;
  /** A step of a kind in words, such as `waiting for 3 jobs`. */
  say(kind: Kind, text: string): void;
}

/** Repeats what may pass, and pauses in between. */
export interface Patience {
  /**
   * Makes a call again and again while it fails with what may pass, with growing pauses.
   *
   * @throws CredentialsError and PermanentError at once; the last error when nothing of the whole run has succeeded for an hour;
   *   StoppedError when the run was told to stop
   */
  persist<T>(call: () => Promise<T>): Promise<T>;
  /** Waits, unless the run was told to stop, in milliseconds. Throws StoppedError then. */
  wait(milliseconds: number): Promise<void>;
}

/**
 * Takes what cannot be mapped, and is left out then: a resource that lacks what the mapping needs, or a write of which a hook of the
 * extension failed. The error names it, and no values; the id is commercetools', of an event its unique id.
 */
export type OnMalformed = (error: SyncError, id: string) => void;

/** All that a part of a run works with. */
export interface History {
  options: Options;
  settings: Settings;
  /** The merchant's extension, where there is one: what is compared and written is what it makes of the mapping. */
  extension?: Extension | undefined;
  /** Without this function what cannot be mapped ends the run. */
  onMalformed?: OnMalformed | undefined;
  /** Key of the project. */
  projectKey: string;
  /** Reads what scans do not. Each call is to be made with patience. */
  commercetools: Commercetools;
  /** Reads commercetools. Each page is asked for with patience. */
  scans: Scans;
  /** Reads and writes Klaviyo in bulk. Each call is made with patience. */
  account: Account;
  /** The handlers that live traffic goes through, in this process. */
  live: LiveWay;
  report: Report;
  progress: Progress;
  patience: Patience;
  /** Aborted when the run is told to stop: nothing new is begun, what is in flight is finished. */
  stop: AbortSignal;
}
