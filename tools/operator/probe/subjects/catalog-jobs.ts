import { inWords } from '../answers.ts';
import {
  attributesOf,
  catalogId,
  categoriesOf,
  changedEntry,
  create,
  ENTRY_KINDS,
  type EntryKind,
  type EntryOptions,
  newEntry,
} from '../calls/catalog.ts';
import { type Done, writeMany } from '../calls/jobs.ts';
import type { Experiment, Subject } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const STAND_IN = 'test/doubles/klaviyo';
const WRITE = 'writeEntries in shared/klaviyo/bulk/catalog-jobs.ts; shared/history';

/** Says what came of a job whose second entry is bad and whose first is good. */
async function outcome(lab: Lab, kind: EntryKind, good: string, done: Done): Promise<string> {
  if (done.refusal) return `the job is ${inWords(done.refusal)}`;
  if (done.failed === 0) return 'nothing fails';
  const isThere = await lab.comesTrue(async () => (await attributesOf(lab, kind, good)) !== undefined);
  const place = done.pointers.map((pointer) => /\/data\/(\d+)(\/|$)/.exec(pointer)?.[1] ?? 'none');
  return `fails ${isThere ? 'alone' : 'with the other'}, as entry ${place[0] ?? 'none'}`;
}

const ALONE = 'fails alone, as entry 1';

const eachKind: Experiment[] = ENTRY_KINDS.flatMap((kind): Experiment[] => [
  {
    name: `${kind}-known`,
    question: `Does the creation of a known ${kind} fail in a job, alone, and named by its place?`,
    assumed: ALONE,
    change: `${STAND_IN}/catalog-jobs.ts; ${WRITE}`,
    async run(lab) {
      const options: EntryOptions = kind === 'variant' ? { item: await create(lab, 'item') } : {};
      const [good, known] = [lab.name(), await create(lab, kind, options)];
      const entries = [good, known].map((name) => newEntry(kind, name, options));
      return outcome(lab, kind, good, await writeMany(lab, kind, 'create', entries));
    },
  },
  {
    name: `${kind}-unknown`,
    question: `Does the change of an unknown ${kind} fail in a job, alone, and named by its place?`,
    assumed: ALONE,
    change: `${STAND_IN}/catalog-jobs.ts; ${WRITE}`,
    async run(lab) {
      const options: EntryOptions = kind === 'variant' ? { item: await create(lab, 'item') } : {};
      const good = await create(lab, kind, options);
      const attributes = kind === 'category' ? { name: 'Changed' } : { title: 'Changed' };
      const entries = [good, lab.name()].map((name) => changedEntry(kind, name, { attributes }));
      return outcome(lab, kind, good, await writeMany(lab, kind, 'update', entries));
    },
  },
]);

/** Experiments on catalog entries that travel together. */
export const catalogJobs: Subject = {
  name: 'catalog-jobs',
  scopes: ['catalogs:read', 'catalogs:write'],
  experiments: [
    ...eachKind,
    {
      name: 'variant-without-item',
      question: 'Does a variant whose item Klaviyo does not know fail in a job, alone?',
      assumed: ALONE,
      change: `${STAND_IN}/catalog-jobs.ts; ${WRITE}, which waits for items before variants`,
      async run(lab) {
        const [good, bad, item] = [lab.name(), lab.name(), await create(lab, 'item')];
        const entries = [newEntry('variant', good, { item }), newEntry('variant', bad, { item: lab.name() })];
        return outcome(lab, 'variant', good, await writeMany(lab, 'variant', 'create', entries));
      },
    },
    {
      name: 'item-of-unknown-category',
      question: 'Does an item with a category that Klaviyo does not know fail in a job, alone?',
      assumed: ALONE,
      change: `${STAND_IN}/catalog-jobs.ts; ${WRITE}, which waits for categories before items`,
      async run(lab) {
        const [good, bad] = [lab.name(), lab.name()];
        const entries = [newEntry('item', good), newEntry('item', bad, { categories: [lab.name()] })];
        return outcome(lab, 'item', good, await writeMany(lab, 'item', 'create', entries));
      },
    },
    {
      name: 'categories-of-an-update',
      question: 'Does a job that changes an item with a category replace those that the item has, or add to them?',
      assumed: 'adds to them',
      change: `the setting patchReplacesCategories of ${STAND_IN}; ${WRITE}`,
      async run(lab) {
        const [before, after] = [await create(lab, 'category'), await create(lab, 'category')];
        const item = await create(lab, 'item', { categories: [before] });
        const change = changedEntry('item', item, { categories: [after] });
        const done = await writeMany(lab, 'item', 'update', [change]);
        if (done.refusal) return `the job is ${inWords(done.refusal)}`;
        const has = async (category: string) => (await categoriesOf(lab, item)).includes(catalogId(category));
        if (!(await lab.comesTrue(async () => await has(after)))) return 'leaves them as they are';
        return (await has(before)) ? 'adds to them' : 'replaces them';
      },
    },
  ],
};
