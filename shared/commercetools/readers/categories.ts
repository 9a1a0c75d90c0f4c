import type { CommercetoolsClient } from '../client.ts';
import { type Category, categorySchema } from '../resources/category.ts';
import { allPages } from './pages.ts';

/** What makes commercetools show the ancestors of a category. */
export const WITH_ANCESTORS = { expand: 'ancestors[*]' };

/** Reads categories, with their ancestors expanded. */
export const categoryReader = ({ api, read, query }: CommercetoolsClient) => ({
  /** Returns the category as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Category | undefined> =>
    read(`category ${ID}`, categorySchema, api.categories().withId({ ID }).get({ queryArgs: WITH_ANCESTORS })),

  /** Returns every category below the given one, however deep. */
  descendants: (id: string): Promise<Category[]> =>
    allPages(['ancestors(id=:id)'], (page) => {
      const queryArgs = { ...page, 'var.id': id, ...WITH_ANCESTORS };
      return query(`categories below ${id}`, categorySchema, api.categories().get({ queryArgs }));
    }),
});
