import * as z from 'zod';
import { type Category, categorySchema } from '../../commercetools/resources/category.ts';
import { toCatalogCategory } from '../../mappers/catalog/category.ts';
import { defineHandler } from '../handler.ts';

/**
 * A category was created, changed or deleted. Its name is part of its descendants' breadcrumbs, so an update rewrites the descendants
 * too. A category that does not exist any more is deleted whatever the notification says: an earlier attempt may have
 * written it.
 */
export const category = defineHandler({
  name: 'category',
  resource: 'category',
  messages: { CategoryCreated: z.looseObject({ category: categorySchema }) },
  changes: ['ResourceCreated', 'ResourceUpdated', 'ResourceDeleted'],
  becomes: 'a catalog category named by its breadcrumb, and its descendants when it is renamed; deleted with it',
  async plan({ type, notification }, { commercetools: { categories }, settings }) {
    const { id } = notification.resource;
    if (type === 'ResourceDeleted') return [{ kind: 'deleteCategory', id }];
    const [current, descendants] = await Promise.all([
      categories.byId(id),
      type === 'ResourceUpdated' ? categories.descendants(id) : [],
    ]);
    if (!current) return [{ kind: 'deleteCategory', id }];
    const toCategory = (one: Category) => toCatalogCategory(one, settings.locale);
    return [{ kind: 'upsertCategory', category: toCategory(current), descendants: descendants.map(toCategory) }];
  },
});
