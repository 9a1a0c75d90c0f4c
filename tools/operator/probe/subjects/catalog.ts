import { inWords, taken } from '../answers.ts';
import {
  attributesOf,
  catalogId,
  categoriesOf,
  create,
  patch,
  post,
  remove,
  replaceCategories,
} from '../calls/catalog.ts';
import type { Subject } from '../experiment.ts';
import { eachKind } from './catalog-kinds.ts';

const STAND_IN = 'test/doubles/klaviyo';
const WRITERS = 'shared/klaviyo/writers';

/** Experiments on the catalog, entry by entry. */
export const catalog: Subject = {
  name: 'catalog',
  scopes: ['catalogs:read', 'catalogs:write'],
  experiments: [
    ...eachKind,
    {
      name: 'item-patch-categories',
      question: 'Does PATCH of an item with a category replace those that the item has, or add to them?',
      assumed: 'adds to them',
      change: `the setting patchReplacesCategories of ${STAND_IN}; ${WRITERS}/items.ts does without`,
      async run(lab) {
        const [before, after] = [await create(lab, 'category'), await create(lab, 'category')];
        const item = await create(lab, 'item', { categories: [before] });
        taken(await patch(lab, 'item', item, { categories: [after] }));
        const ids = await categoriesOf(lab, item);
        if (!ids.includes(catalogId(after))) return 'leaves them as they are';
        return ids.includes(catalogId(before)) ? 'adds to them' : 'replaces them';
      },
    },
    {
      name: 'categories-replaced',
      question: 'Does PATCH of the relationship of an item to its categories replace them?',
      assumed: 'replaces them',
      change: `${STAND_IN}/item-relationships.ts; replaceCategories in ${WRITERS}/items.ts`,
      async run(lab) {
        const [before, after] = [await create(lab, 'category'), await create(lab, 'category')];
        const item = await create(lab, 'item', { categories: [before] });
        taken(await replaceCategories(lab, item, [after]));
        return (await categoriesOf(lab, item)).join() === catalogId(after) ? 'replaces them' : 'does not replace them';
      },
    },
    {
      name: 'category-unknown',
      question: 'Is an item with a category that Klaviyo does not know refused, as is such a relationship?',
      assumed: 'item: refused (404 not_found); relationship: refused (404 not_found)',
      change: `${STAND_IN}/items.ts; withCategories in ${WRITERS}/items.ts`,
      async run(lab) {
        const [known, unknown] = [await create(lab, 'item'), lab.name()];
        const item = inWords(await post(lab, 'item', lab.name(), { categories: [unknown] }));
        return `item: ${item}; relationship: ${inWords(await replaceCategories(lab, known, [unknown]))}`;
      },
    },
    {
      name: 'variant-without-item',
      question: 'Is a variant whose item Klaviyo does not know refused?',
      assumed: 'refused (404 not_found)',
      change: `${STAND_IN}/variants.ts; the order of writes in ${WRITERS}/items.ts`,
      run: async (lab) => inWords(await post(lab, 'variant', lab.name(), { item: lab.name() })),
    },
    {
      name: 'variant-of-another-item',
      question: 'Is the creation of a variant that another item has refused?',
      assumed: 'refused (409 duplicate_error)',
      change: `${STAND_IN}/variants.ts; takeOver in ${WRITERS}/variants.ts`,
      async run(lab) {
        const variant = await create(lab, 'variant', { item: await create(lab, 'item') });
        return inWords(await post(lab, 'variant', variant, { item: await create(lab, 'item') }));
      },
    },
    {
      name: 'item-deleted',
      question: 'Are the variants of an item deleted with the item?',
      assumed: 'deleted with it',
      change: `${STAND_IN}/items.ts; delete in ${WRITERS}/items.ts`,
      async run(lab) {
        const item = await create(lab, 'item');
        const variant = await create(lab, 'variant', { item });
        taken(await remove(lab, 'item', item));
        const isGone = await lab.comesTrue(async () => (await attributesOf(lab, 'variant', variant)) === undefined);
        return isGone ? 'deleted with it' : 'still there';
      },
    },
    {
      name: 'category-deleted',
      question: 'Do the items of a category stay when the category is deleted?',
      assumed: 'stay, without the category',
      change: `${STAND_IN}/categories.ts; ${WRITERS}/categories.ts`,
      async run(lab) {
        const category = await create(lab, 'category');
        const item = await create(lab, 'item', { categories: [category] });
        taken(await remove(lab, 'category', category));
        await lab.settle();
        if ((await attributesOf(lab, 'item', item)) === undefined) return 'are deleted, too';
        return (await categoriesOf(lab, item)).length === 0 ? 'stay, without the category' : 'stay, with the category';
      },
    },
    {
      name: 'image-emptied',
      question: 'Does null empty the image of a variant?',
      assumed: 'empties it',
      change: `CLEARED in ${STAND_IN}/catalog.ts; ${WRITERS}/variants.ts`,
      async run(lab) {
        const attributes = { image_full_url: 'https://probe.example.org/image.png' };
        const variant = await create(lab, 'variant', { item: await create(lab, 'item'), attributes });
        const answer = await patch(lab, 'variant', variant, { attributes: { image_full_url: null } });
        if (answer.status >= 300) return inWords(answer);
        return (await attributesOf(lab, 'variant', variant))?.image_full_url ? 'leaves it as it is' : 'empties it';
      },
    },
    {
      name: 'metadata-replaced',
      question: 'Does PATCH replace the custom metadata of an item as a whole, or key by key?',
      assumed: 'as a whole',
      change: `${STAND_IN}/items.ts; ${WRITERS}/items.ts, which would have to empty keys`,
      async run(lab) {
        const item = await create(lab, 'item', { attributes: { custom_metadata: { first: 'a' } } });
        taken(await patch(lab, 'item', item, { attributes: { custom_metadata: { second: 'b' } } }));
        const metadata = JSON.stringify((await attributesOf(lab, 'item', item))?.custom_metadata);
        return metadata.includes('first') ? 'key by key' : 'as a whole';
      },
    },
    {
      name: 'any-long',
      question: 'Does a list take a filter any(ids,[…]) of 6000 characters?',
      assumed: 'taken',
      change: 'MOST in shared/klaviyo/bulk/catalog-lists.ts',
      async run(lab) {
        // Each is 82 characters of a URL, and a comma.
        const ids = Array.from({ length: 70 }, () => JSON.stringify(catalogId(crypto.randomUUID())));
        const query = { filter: `any(ids,[${ids}])`, 'page[size]': '100' };
        return inWords(await lab.klaviyo({ method: 'GET', path: '/api/catalog-variants', query }));
      },
    },
  ],
};
