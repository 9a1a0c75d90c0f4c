import type { Settings } from '../config/settings.ts';
import type { Handler } from '../handlers/handler.ts';
import type { CatalogItem, Event, Profile, Write } from '../klaviyo/writes.ts';

/** What a hook gets beside the write. */
export interface HookContext {
  settings: Settings;
}

/**
 * What a merchant's file exports. Hooks are synchronous and see the write alone, so that live traffic, a dry run, a backfill and a
 * reconcile make the same of it. Each gets a copy, which it may change and return.
 */
export interface ExtensionDefinition {
  /** Names the extension in the log: letters, digits, `.`, `_` and `-`. */
  name: string;
  /** Returns the profile to be written; undefined drops the write. `externalId` and `email` stay. */
  profile?(profile: Profile, context: HookContext): Profile | undefined;
  /** Returns the event to be written; undefined drops it. `metric`, `profile`, `uniqueId`, `time` and `backfill` stay. */
  event?(event: Event, context: HookContext): Event | undefined;
  /** Returns the item to be written; undefined drops it. Ids and SKUs stay; variants and categories may be left out. */
  item?(item: CatalogItem, context: HookContext): CatalogItem | undefined;
  /** Returns whether a write of any kind is made at all. Asked before the other hooks. */
  keep?(write: Write, context: HookContext): boolean;
  /** Handlers beside ours. */
  handlers?: readonly Handler[];
}

/** Plans a part of a delivery; `previous` is what an earlier plan of the attempt has written of it. */
type Planning = (previous?: readonly Write[]) => Promise<Write[]>;

/** An extension that was checked. */
export interface Extension {
  name: string;
  /** Its handlers: what they throw and plan is checked. */
  handlers: readonly Handler[];
  /**
   * Returns its handlers.
   *
   * @throws ConfigurationError when one takes what one of the others, or another of its own, takes
   */
  beside(others: readonly Handler[]): readonly Handler[];
  /**
   * Returns the write that is made of one that is planned; undefined for none.
   *
   * @throws ExtensionError when a hook throws, or returns what it may not
   */
  adjust(write: Write, settings: Settings): Write | undefined;
  /**
   * Returns a planning whose writes are adjusted, and noted in the attempt. The handlers see what they planned before, not what was
   * made of it, so that nothing that a hook did is taken for something left behind.
   */
  adjusting(planning: Planning, settings: Settings): Planning;
  /**
   * Takes an error of a promise that nobody awaits: one that the extension left behind fails its attempt, and is logged where that is
   * over. Returns whether it was the extension's.
   */
  takeStray(error: unknown): boolean;
}
