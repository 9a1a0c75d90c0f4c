import pMap from 'p-map';
import type { Settings } from '../config/settings.ts';
import { StalePlanError } from '../errors.ts';
import type { KlaviyoClient } from './client.ts';
import type { Profiles } from './profiles.ts';
import { categoryWriter } from './writers/categories.ts';
import { type ConsentOptions, consentWriter } from './writers/consent.ts';
import type { LinkOptions } from './writers/email-claim.ts';
import { profileEraser } from './writers/erasure.ts';
import { eventWriter } from './writers/events.ts';
import { itemWriter } from './writers/items.ts';
import { profileWriter } from './writers/profiles.ts';
import { stockWriter } from './writers/stock.ts';
import { variantWriter } from './writers/variants.ts';
import type { Event, ProfileReference, Write } from './writes.ts';

/** How many writes of one plan are under way at once: an order with many line items has as many events. */
const CONCURRENCY = 10;

/** How plans are carried out. */
export interface ApplyOptions extends LinkOptions, ConsentOptions {
  events: Settings['events'];
  /** Returns whether an event may have overwritten what the record of a customer tells by now. */
  isOverwritten(profile: ProfileReference): Promise<boolean>;
}

/**
 * Returns the function that carries a plan out: its profiles first, as events need to know whose they are, then all other writes
 * side by side, each with its calls in the order that Klaviyo asks for, and consents last, when the profile is there. The function returns the writes that it made: all but those
 * for which Klaviyo had nothing else.
 *
 * The function throws RetryableError, CredentialsError or PermanentError when Klaviyo does not take a write, and
 * StalePlanError when the plan has to be made again. Part of the plan may then have been written: doing all of it again
 * doubles nothing.
 */
export function createApply(client: KlaviyoClient, known: Profiles, options: ApplyOptions) {
  const profiles = profileWriter(client.profiles, known, options);
  const events = eventWriter(client.events, options.events);
  const consents = consentWriter(client.profiles, known, options);
  const { erase } = profileEraser(client.dataPrivacy, known);
  const categories = categoryWriter(client.catalogs);
  const variants = variantWriter(client.catalogs);
  const stock = stockWriter(client.catalogs);
  const items = itemWriter(client.catalogs, categories, variants);

  /** Creates an event, and looks again: what an event tells of its buyer overwrites the profile. */
  async function createEvent(event: Event, isOneOfMany?: boolean): Promise<void> {
    await events.create(event, isOneOfMany);
    if (await options.isOverwritten(event.profile))
      throw new StalePlanError('the record of a customer tells of the buyer by now');
  }

  /** Makes a write. Resolves to false when Klaviyo had it already. */
  function write(write: Write): Promise<unknown> {
    switch (write.kind) {
      case 'createProfile':
        return profiles.create(write.profile);
      case 'upsertProfile':
        return profiles.upsert(write.profile);
      case 'identify':
        return profiles.identify(write);
      case 'eraseProfile':
        return erase(write);
      case 'subscribe':
        return consents.subscribe(write);
      case 'unsubscribe':
        return consents.unsubscribe(write);
      case 'createEvent':
        return createEvent(write.event, write.isOneOfMany);
      case 'upsertCategory':
        return categories.upsert(write.category, write.descendants);
      case 'deleteCategory':
        return categories.delete(write.id);
      case 'upsertItem':
        return write.ifChanged ? items.change(write.item) : items.upsert(write.item, write.keepsVariants);
      case 'unpublishItem':
        return items.unpublish(write.id);
      case 'deleteItem':
        return items.delete(write.id);
      case 'setInventory':
        return (write.ifChanged ? stock.change : stock.set)(write.variantId, write.stock);
    }
  }

  return async (writes: readonly Write[]): Promise<Write[]> => {
    const made: Write[] = [];
    for (const turn of [0, 1, 2]) {
      const group = writes.filter((write) => turnOf(write) === turn);
      const results = await pMap(group, write, { concurrency: CONCURRENCY });
      made.push(...group.filter((_, index) => results[index] !== false));
    }
    return made;
  };
}

function turnOf({ kind }: Write): number {
  if (kind === 'createProfile' || kind === 'upsertProfile' || kind === 'identify') return 0;
  return kind === 'subscribe' || kind === 'unsubscribe' ? 2 : 1;
}
