import type { CommercetoolsClient } from '../client.ts';
import { type Category, categorySchema } from '../resources/category.ts';

const PAGE = 500;
const expand = 'ancestors[*]';

/** Reads categories, with their ancestors expanded. */
export const categoryReader = ({ api, read, query }: CommercetoolsClient) => ({
  /** Returns the category as it is now; undefined when it does not exist any more. */
  byId: (ID: string): Promise<Category | undefined> =>
    read(`category ${ID}`, categorySchema, api.categories().withId({ ID }).get({ queryArgs: { expand } })),

  /** Returns every category below the given one, however deep. */
  async descendants(id: string): Promise<Category[]> {
    const found: Category[] = [];
    for (let after = ''; ; after = found.at(-1)?.id ?? '') {
      const where = ['ancestors(id=:id)', ...(after ? ['id > :after'] : [])];
      const cursor = after ? { 'var.after': after } : {};
      const queryArgs = { where, 'var.id': id, ...cursor, expand, sort: 'id asc', limit: PAGE };
      const page = await query(`categories below ${id}`, categorySchema, api.categories().get({ queryArgs }));
      found.push(...page);
      if (page.length < PAGE) return found;
    }
  },
});
