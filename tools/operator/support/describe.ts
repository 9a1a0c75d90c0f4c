import type { Profile, Write } from '../../../shared/klaviyo/writes.ts';
import { table } from './table.ts';

/** A write in a few words without personal data. */
export interface Description {
  kind: Write['kind'];
  /** Id of the profile, event, category, item or variant. */
  target: string;
  fields: Record<string, string | number>;
}

/** Which fields of a profile are set and which are cleared, not to what. */
function profileFields({ externalId: _, properties, location, ...profile }: Profile): Description['fields'] {
  const entries = Object.entries({ ...profile, ...location }).filter(([, value]) => value !== undefined);
  const names = (isCleared: boolean) =>
    entries.flatMap(([name, value]) => ((value === null) === isCleared ? [name] : [])).join(', ');
  return { sets: names(false), clears: names(true), properties: Object.keys(properties).length };
}

/** What may be shown of a write: ids, times, amounts and how much there is of the rest. */
export function describeWrite(write: Write): Description {
  const { kind } = write;
  switch (kind) {
    case 'createProfile':
    case 'upsertProfile':
      return { kind, target: write.profile.externalId, fields: profileFields(write.profile) };
    case 'identify':
      return { kind, target: write.externalId, fields: { sets: 'email' } };
    case 'eraseProfile':
      return { kind, target: write.externalId, fields: { erases: 'the profile with its history, for good' } };
    case 'subscribe':
    case 'unsubscribe': {
      const { channel, externalId = 'a guest', time, list = 'none', source } = write;
      return { kind, target: externalId, fields: { channel, time, list, source } };
    }
    case 'createEvent': {
      const { metric, uniqueId, time, value, valueCurrency, properties } = write.event;
      const amount = value === undefined ? '' : `${value} ${valueCurrency}`;
      const fields = { metric, time, value: amount, properties: Object.keys(properties).length };
      return { kind, target: uniqueId, fields };
    }
    case 'upsertCategory': {
      const { category, descendants } = write;
      return { kind, target: category.id, fields: { name: category.name, descendants: descendants.length } };
    }
    case 'upsertItem': {
      const { id, title, price, variants, categories } = write.item;
      return { kind, target: id, fields: { title, price, variants: variants.length, categories: categories.length } };
    }
    case 'setInventory': {
      const { inventoryQuantity: quantity, inventoryPolicy: policy } = write.stock;
      return { kind, target: write.variantId, fields: { quantity, policy } };
    }
    case 'deleteCategory':
    case 'unpublishItem':
    case 'deleteItem':
      return { kind, target: write.id, fields: {} };
  }
}

/** The writes of a plan, one a row. */
export const tableOfWrites = (writes: readonly Write[]): string =>
  table(
    ['write', 'id', 'what'],
    writes.map(describeWrite).map(({ kind, target, fields }) => [
      kind,
      target,
      Object.entries(fields)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `${name}: ${value}`)
        .join('; '),
    ]),
  );
