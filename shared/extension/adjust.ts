import type * as z from 'zod';
import type { Settings } from '../config/settings.ts';
import { ExtensionError } from '../errors.ts';
import type { EventWrite, ItemWrite, ProfileWrite, Write } from '../klaviyo/writes.ts';
import { PROPERTIES_BYTES } from '../mappers/customers/profile.ts';
import { fitProperties } from '../mappers/limits.ts';
import { explain } from '../validate.ts';
import type { ExtensionDefinition, HookContext } from './extension.ts';
import { faultsOfEvent, faultsOfItem, faultsOfProfile } from './fixed.ts';
import { type Call, callHook } from './guard.ts';
import { nameOf } from './name.ts';
import * as shapes from './shapes.ts';

/** What is adjusted of a write: its shape, and what has to stay of it. */
interface Part<T> {
  shape: z.ZodType<T>;
  faults(before: T, after: T): string[];
}

const PROFILE = { shape: shapes.profile, faults: faultsOfProfile };
const EVENT = { shape: shapes.event, faults: faultsOfEvent };
const ITEM = { shape: shapes.item, faults: faultsOfItem };

/** Returns the function that makes of a write that is planned the one that is made, as `Extension.adjust` says. */
export function adjuster({ name, keep, ...hooks }: ExtensionDefinition) {
  const callOf = (hook: string, write: Write): Call => ({ extension: name, hook, write: nameOf(write) });

  function isKept(write: Write, context: HookContext): boolean {
    if (!keep) return true;
    const call = callOf('keep', write);
    const result = callHook(call, () => keep(structuredClone(write), context));
    if (typeof result === 'boolean') return result;
    throw new ExtensionError(call, 'returned neither true nor false');
  }

  /** Returns what a hook makes of a part of a write. */
  function adjusted<T>(call: Call, part: T, hook: (copy: T) => T | undefined, { shape, faults }: Part<T>) {
    const result = callHook(call, () => hook(structuredClone(part)));
    if (result === undefined) return undefined;
    // A getter of the result is code of the extension, too.
    const parsed = callHook(call, () => shape.safeParse(result));
    const found = parsed.success ? faults(part, parsed.data) : explain(parsed.error);
    if (parsed.success && found.length === 0) return parsed.data;
    throw new ExtensionError(call, `returned what cannot be written: ${found.join('; ')}`);
  }

  function profileOf<W extends Write & ProfileWrite>(write: W, context: HookContext): W | undefined {
    const { profile: hook } = hooks;
    if (!hook) return write;
    const profile = adjusted(callOf('profile', write), write.profile, (copy) => hook(copy, context), PROFILE);
    if (!profile) return undefined;
    const { properties, trimmed } = fitProperties({}, profile.properties, PROPERTIES_BYTES);
    return { ...write, profile: { ...profile, properties }, trimmed: [...write.trimmed, ...trimmed] };
  }

  function eventOf<W extends Write & EventWrite>(write: W, context: HookContext): W | undefined {
    const { event: hook } = hooks;
    if (!hook) return write;
    const event = adjusted(callOf('event', write), write.event, (copy) => hook(copy, context), EVENT);
    if (!event) return undefined;
    const { properties, trimmed } = fitProperties({}, event.properties);
    return { ...write, event: { ...event, properties }, trimmed: [...write.trimmed, ...trimmed] };
  }

  function itemOf<W extends Write & ItemWrite>(write: W, context: HookContext): W | undefined {
    const { item: hook } = hooks;
    if (!hook) return write;
    const item = adjusted(callOf('item', write), write.item, (copy) => hook(copy, context), ITEM);
    return item && { ...write, item };
  }

  return (write: Write, settings: Settings): Write | undefined => {
    const context = { settings };
    if (!isKept(write, context)) return undefined;
    switch (write.kind) {
      case 'createProfile':
      case 'upsertProfile':
        return profileOf(write, context);
      case 'createEvent':
        return eventOf(write, context);
      case 'upsertItem':
        return itemOf(write, context);
      default:
        return write;
    }
  };
}
