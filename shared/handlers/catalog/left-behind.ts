import type { Write } from '../../klaviyo/writes.ts';
import { toCatalogCategory } from '../../mappers/catalog/category.ts';
import type { PlanContext } from '../handler.ts';

/**
 * What becomes of categories that an earlier plan of this attempt wrote and the plan of now does not name: one that was
 * deleted meanwhile is deleted, one that was moved gets its breadcrumb of now.
 *
 * @param named ids of the categories in the plan of now
 */
export async function categoriesSince(context: PlanContext, named: readonly string[]): Promise<Write[]> {
  const { previous, commercetools, settings } = context;
  const written = new Set(previous.flatMap(categoryIds));
  const left = [...written].filter((id) => !named.includes(id));
  return Promise.all(
    left.map(async (id): Promise<Write> => {
      const current = await commercetools.categories.byId(id);
      if (!current) return { kind: 'deleteCategory', id };
      return { kind: 'upsertCategory', category: toCatalogCategory(current, settings.locale), descendants: [] };
    }),
  );
}

/** The categories that a write creates or names. */
function categoryIds(write: Write): string[] {
  if (write.kind === 'upsertCategory') return [write.category, ...write.descendants].map(({ id }) => id);
  return write.kind === 'upsertItem' ? write.item.categories.map(({ id }) => id) : [];
}
