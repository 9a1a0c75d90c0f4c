import * as z from 'zod';
import { externalIdOf, type ListEntry } from '../../klaviyo/writers/answers.ts';
import { differing, inKlaviyosNames } from '../../klaviyo/writers/shown.ts';
import type { CatalogItem, CatalogVariant } from '../../klaviyo/writes.ts';
import type { Difference } from '../history.ts';
import type { How } from './jobs.ts';

/** What Klaviyo shows of an item. */
export interface ShownItem {
  /** The item with its variants as a relationship; undefined when it is not there. */
  item: ListEntry | undefined;
  /** Variants by external id, whichever item they belong to. */
  variants: ReadonlyMap<string, ListEntry>;
  /** External ids of the categories that the item is in. */
  categories: ReadonlySet<string>;
}

/** Something that is not as it is to be, and how a job mends it; without a job where only the live way can. */
interface Fault {
  difference: Difference;
  how: How | undefined;
}

/** How an item differs. */
export interface ComparedItem {
  differences: readonly Difference[];
  /** What jobs have to write; undefined where the live way has to. */
  jobs: { item: How | undefined; variants: { how: How; variant: CatalogVariant }[] } | undefined;
}

const withVariants = z.looseObject({
  relationships: z.looseObject({
    variants: z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) }),
  }),
});

/**
 * Compares an item, its variants and its categories with what Klaviyo shows of them. A job replaces no categories, and neither moves
 * nor deletes a variant: that is for the live way.
 */
export function compareItem(wanted: CatalogItem, shown: ShownItem): ComparedItem {
  const own = variantIds(shown.item);
  const item = itemFault(wanted, shown);
  const variants = wanted.variants.flatMap((variant) => {
    const fault = variantFault(variant, shown.variants.get(variant.id), own);
    return fault ? { variant, ...fault } : [];
  });
  const surplus = [...(own ?? [])].filter((id) => !wanted.variants.some((variant) => variant.id === id));
  const isForJobs = surplus.length === 0 && [item, ...variants].every((fault) => !fault || fault.how);
  return {
    differences: [
      ...(item ? [item.difference] : []),
      ...variants.map(({ difference }) => difference),
      ...surplus.map((id) => ({ subject: 'variant', what: 'extra', id }) as const),
    ],
    jobs: isForJobs
      ? { item: item?.how, variants: variants.flatMap(({ variant, how }) => (how ? { how, variant } : [])) }
      : undefined,
  };
}

function itemFault(wanted: CatalogItem, { item, categories: shownCategories }: ShownItem): Fault | undefined {
  const { id, variants, categories, ...attributes } = wanted;
  if (!item) return { difference: { subject: 'item', what: 'missing', id }, how: 'create' };
  const fields = differing(inKlaviyosNames({ ...attributes, published: true }), item.attributes);
  const wantedCategories = new Set(categories.map((category) => category.id));
  const isElsewhere = wantedCategories.symmetricDifference(shownCategories).size > 0;
  return differs('item', id, isElsewhere ? [...fields, 'categories'] : fields, !isElsewhere);
}

/** @param own external ids of the variants of the item; undefined where they are not shown */
function variantFault(
  { id, ...attributes }: CatalogVariant,
  shown: ListEntry | undefined,
  own: ReadonlySet<string> | undefined,
): Fault | undefined {
  if (!shown) return { difference: { subject: 'variant', what: 'missing', id }, how: 'create' };
  const fields = differing(inKlaviyosNames({ ...attributes, published: true }), shown.attributes);
  const isOthers = own?.has(id) === false;
  return differs('variant', id, isOthers ? [...fields, 'item'] : fields, !isOthers);
}

const differs = (
  subject: 'item' | 'variant',
  id: string,
  fields: readonly string[],
  isForJobs: boolean,
): Fault | undefined =>
  fields.length > 0
    ? { difference: { subject, what: 'differing', id, fields }, how: isForJobs ? 'update' : undefined }
    : undefined;

/** Returns the external ids of the variants of an item: none of one that is not there. */
function variantIds(item: ListEntry | undefined): ReadonlySet<string> | undefined {
  if (!item) return new Set();
  const { data } = withVariants.safeParse(item);
  return data && new Set(data.relationships.variants.data.flatMap(({ id }) => externalIdOf(id) ?? []));
}
