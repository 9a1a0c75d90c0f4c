import { inWords } from '../answers.ts';
import {
  attributesOf,
  create,
  ENTRY_KINDS,
  type EntryKind,
  type EntryOptions,
  existing,
  PLURALS,
  patch,
  post,
  remove,
} from '../calls/catalog.ts';
import type { Experiment } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const STAND_IN = 'test/doubles/klaviyo';
const WRITERS = 'shared/klaviyo/writers';

/** What a new entry of a kind hangs on. */
const optionsOf = async (lab: Lab, kind: EntryKind): Promise<EntryOptions> =>
  kind === 'variant' ? { item: await create(lab, 'item') } : {};

/** A kind with its article. */
const A = { category: 'a category', item: 'an item', variant: 'a variant' } satisfies Record<EntryKind, string>;

/** Experiments on an entry of each kind. */
export const eachKind: Experiment[] = ENTRY_KINDS.flatMap((kind): Experiment[] => [
  {
    name: `${kind}-created-twice`,
    question: `Is the creation of ${A[kind]} that is there already refused?`,
    assumed: 'refused (409 duplicate_error)',
    change: `${STAND_IN}/${PLURALS[kind]}.ts; upsert in ${WRITERS}/answers.ts`,
    async run(lab) {
      const options = await optionsOf(lab, kind);
      const name = await create(lab, kind, options);
      return inWords(await post(lab, kind, name, options));
    },
  },
  {
    name: `${kind}-missing`,
    question: `Are the change and the deletion of ${A[kind]} that is not there refused?`,
    assumed: 'change: refused (404 not_found); deletion: refused (404 not_found)',
    change: `${STAND_IN}/${PLURALS[kind]}.ts; upsert in ${WRITERS}/answers.ts`,
    async run(lab) {
      const name = lab.name();
      const attributes = kind === 'category' ? { name: 'Nothing' } : { title: 'Nothing' };
      const change = inWords(await patch(lab, kind, name, { attributes }));
      return `change: ${change}; deletion: ${inWords(await remove(lab, kind, name))}`;
    },
  },
  {
    name: `${kind}-shown`,
    question: `Is a new ${kind} shown at once, by itself and in the list?`,
    assumed: 'by itself: at once; in the list: at once',
    change: `${WRITERS}, and entries in shared/klaviyo/bulk/catalog-lists.ts, which look before they write`,
    async run(lab) {
      const name = await create(lab, kind, await optionsOf(lab, kind));
      const isShown = (await attributesOf(lab, kind, name)) !== undefined;
      const isListed = (await existing(lab, kind, [name])).length > 0;
      return `by itself: ${isShown ? 'at once' : 'later'}; in the list: ${isListed ? 'at once' : 'later'}`;
    },
  },
]);
