import type { Category } from '@commercetools/platform-sdk';
import type { Change } from '../kinds.ts';
import type { Random } from '../random.ts';
import { change, message, messageWithoutPayload } from './notifications.ts';
import { firstSeeded } from './seeded.ts';
import { LOCALE, type ShopState } from './state.ts';
import { next, texts } from './words.ts';

const seedCategory = firstSeeded('category');

/** What becomes of categories. Each gives the notifications of one change, none when nothing can change so. */
export interface Categories {
  addCategory(): Change[];
  renameCategory(category?: Category): Change[];
  moveCategory(category?: Category): Change[];
  /** Takes everything below it away as well. */
  deleteCategory(category?: Category): Change[];
}

/** Makes up a tree of categories. */
export function createCategories(state: ShopState, random: Random): Categories {
  const below = (id: string) =>
    [...state.categories.values()].filter(({ ancestors }) => ancestors.some((one) => one.id === id));

  /** Hangs a category below another, or nowhere, and tells those below it. */
  function attach(category: Category, parent: Category | undefined): void {
    const ancestors = parent ? [...parent.ancestors, { typeId: 'category' as const, id: parent.id }] : [];
    const attached = { ...category, ancestors, parent: parent && { typeId: 'category' as const, id: parent.id } };
    const children = [...state.categories.values()].filter((one) => one.parent?.id === category.id);
    state.categories.set(category.id, attached);
    for (const child of children) attach(child, attached);
  }

  const updated = (category: Category): Change[] => [
    { kind: 'category', payload: change('Updated', 'category', category) },
  ];

  return {
    addCategory() {
      const parents = [...state.categories.values()].filter(({ ancestors }) => ancestors.length < 3);
      const parent = random.chance(0.8) && parents.length > 0 ? random.pick(parents) : undefined;
      const id = random.uuid();
      attach({ ...seedCategory, id, version: 1, key: id, name: texts(random), slug: { [LOCALE]: id } }, parent);
      const category = state.categories.get(id) as Category;
      const payload = random.chance(0.7)
        ? message('CategoryCreated', 'category', category, { category })
        : messageWithoutPayload('CategoryCreated', 'category', category);
      return [
        { kind: 'category', payload: change('Created', 'category', category) },
        { kind: 'category', payload },
      ];
    },

    renameCategory(category = random.pickRecent(state.categories)) {
      if (!category) return [];
      const renamed = next(category, { name: texts(random) });
      state.categories.set(category.id, renamed);
      return updated(renamed);
    },

    moveCategory(category = random.pickRecent(state.categories)) {
      if (!category) return [];
      const inside = new Set([category.id, ...below(category.id).map(({ id }) => id)]);
      const parents = [...state.categories.values()].filter(
        ({ id, ancestors }) => !inside.has(id) && ancestors.length < 3,
      );
      const moved = next(category, {});
      attach(moved, random.chance(0.8) && parents.length > 0 ? random.pick(parents) : undefined);
      return updated(moved);
    },

    deleteCategory(category = random.pickRecent(state.categories)) {
      if (!category || below(category.id).length > 5) return [];
      const gone = [category, ...below(category.id)];
      for (const { id } of gone) state.categories.delete(id);
      const isLeft = ({ id }: { id: string }) => state.categories.has(id);
      for (const product of state.products.values()) {
        const { current } = product.masterData;
        if (current.categories.every(isLeft)) continue;
        const kept = { ...current, categories: current.categories.filter(isLeft) };
        state.products.set(
          product.id,
          next(product, { masterData: { ...product.masterData, current: kept, staged: kept } }),
        );
      }
      return gone.map((one) => ({ kind: 'category', payload: change('Deleted', 'category', next(one, {})) }));
    },
  };
}
