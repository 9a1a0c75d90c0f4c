import { ExtensionError } from '../errors.ts';
import { idOf } from '../extension/name.ts';
import type { CatalogCategory, CatalogItem, EventWrite, Profile, Write } from '../klaviyo/writes.ts';
import type { History } from './history.ts';

type Adjusting = Pick<History, 'extension' | 'settings' | 'onMalformed'>;

/** Returns what the merchant's extension makes of a write; the write itself where there is none, undefined where a hook fails. */
function made({ extension, settings, onMalformed }: Adjusting, write: Write): Write | undefined {
  if (!extension) return write;
  try {
    return extension.adjust(write, settings);
  } catch (error) {
    if (!onMalformed || !(error instanceof ExtensionError)) throw error;
    onMalformed(error, idOf(write));
    return undefined;
  }
}

/** Returns the profile that live traffic would write; undefined for none. */
export function adjustedProfile(adjusting: Adjusting, profile: Profile): Profile | undefined {
  const write = made(adjusting, { kind: 'upsertProfile', profile, trimmed: [] });
  return write?.kind === 'upsertProfile' ? write.profile : undefined;
}

/** Returns the event that live traffic would write; undefined for none. */
export function adjustedEvent(adjusting: Adjusting, event: EventWrite['event']): EventWrite['event'] | undefined {
  const write = made(adjusting, { kind: 'createEvent', event, trimmed: [] });
  return write?.kind === 'createEvent' ? write.event : undefined;
}

/** Returns the item that live traffic would write; undefined for none. */
export function adjustedItem(adjusting: Adjusting, item: CatalogItem): CatalogItem | undefined {
  const write = made(adjusting, { kind: 'upsertItem', item, trimmed: [] });
  return write?.kind === 'upsertItem' ? write.item : undefined;
}

/** Returns the category that live traffic would write; undefined for none. */
export function adjustedCategory(adjusting: Adjusting, category: CatalogCategory): CatalogCategory | undefined {
  const write = made(adjusting, { kind: 'upsertCategory', category, descendants: [] });
  return write?.kind === 'upsertCategory' ? write.category : undefined;
}

/** Returns those writes that live traffic would make of writes that are planned. */
export const adjustedWrites = (adjusting: Adjusting, writes: readonly Write[]): Write[] =>
  writes.flatMap((write) => made(adjusting, write) ?? []);
