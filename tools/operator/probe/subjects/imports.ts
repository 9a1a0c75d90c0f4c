import { inWords } from '../answers.ts';
import { importMany } from '../calls/jobs.ts';
import { type Attributes, create, freeNumber, holderOf, person, profileOf } from '../calls/profiles.ts';
import type { Experiment, Subject } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const STAND_IN = 'test/doubles/klaviyo';
const IMPORT = 'importProfiles in shared/klaviyo/bulk/imports.ts; shared/history';

/**
 * Imports somebody, and returns what Klaviyo shows then of a profile that was there before.
 *
 * @returns in words that it fails, where it does
 */
async function imported(lab: Lab, id: string, attributes: Attributes): Promise<Attributes | string> {
  const done = await importMany(lab, [attributes]);
  if (done.refusal) return `the job is ${inWords(done.refusal)}`;
  await lab.settle();
  return done.failed > 0 ? 'fails' : ((await profileOf(lab, id))?.attributes ?? {});
}

/** What of the stand-in says what an address does. */
const STAND_INS = {
  email: `${STAND_IN}/profile-import-jobs.ts`,
  phone_number: `the setting importMatchesPhones of ${STAND_IN}`,
} as const;

const byAddress = (['email', 'phone_number'] as const).map(
  (field): Experiment => ({
    name: `${field}-of-another`,
    question: `What does an import job do with a new external_id and the ${field} of a profile that has another?`,
    assumed: 'takes the profile over',
    change: `${STAND_INS[field]}; ${IMPORT}, which imports nobody whose e-mail is known, and no phone number by itself`,
    async run(lab) {
      const holder = { ...person(lab), phone_number: await freeNumber(lab) };
      const [id, external_id] = [await create(lab, holder), lab.name()];
      const shown = await imported(lab, id, { external_id, [field]: holder[field] });
      if (typeof shown === 'string') return shown;
      if (shown.external_id === external_id) return 'takes the profile over';
      return (await holderOf(lab, 'external_id', external_id)) ? 'makes a profile of its own' : 'nothing';
    },
  }),
);

/** Experiments on imports of many profiles. */
export const imports: Subject = {
  name: 'imports',
  scopes: ['lists:read', 'lists:write', 'profiles:read', 'profiles:write'],
  experiments: [
    {
      name: 'known',
      question: 'Does an import job change the profile that has the external_id?',
      assumed: 'changes it',
      change: `${STAND_IN}/profile-import-jobs.ts; ${IMPORT}`,
      async run(lab) {
        const someone = person(lab);
        const id = await create(lab, { ...someone, first_name: 'Before' });
        const shown = await imported(lab, id, { external_id: someone.external_id, first_name: 'After' });
        if (typeof shown === 'string') return shown;
        return shown.first_name === 'After' ? 'changes it' : 'leaves it as it is';
      },
    },
    ...byAddress,
    {
      name: 'of-two',
      question: 'What does an import job do with the identifiers of two profiles?',
      assumed: 'writes the external_id’s',
      change: `the setting importIdentity of ${STAND_IN}; ${IMPORT}`,
      async run(lab) {
        const [one, other] = [person(lab), person(lab)];
        const [id, otherId] = [await create(lab, one), await create(lab, other)];
        const told = { external_id: one.external_id, email: other.email, first_name: 'After' };
        const shown = await imported(lab, id, told);
        if (typeof shown === 'string') return shown;
        if ((await profileOf(lab, otherId)) === undefined) return 'merges them';
        return `writes ${shown.first_name === 'After' ? 'the external_id’s' : 'the e-mail’s at most'}`;
      },
    },
    {
      name: 'null',
      question: 'Does null in an import job clear a field?',
      assumed: 'leaves it as it is',
      change: `${STAND_IN}/profile-import-jobs.ts; ${IMPORT}, which imports no null`,
      async run(lab) {
        const someone = person(lab);
        const id = await create(lab, { ...someone, first_name: 'Before' });
        const shown = await imported(lab, id, { ...someone, first_name: null, last_name: 'After' });
        if (typeof shown === 'string') return shown;
        return shown.first_name === 'Before' ? 'leaves it as it is' : 'clears it';
      },
    },
    {
      name: 'bad-entry',
      question: 'Does an entry with a phone number that is none fail alone, and named by its place?',
      assumed: 'fails alone, at /data/attributes/profiles/data/1/attributes/phone_number',
      change: `the setting importChecksFirst of ${STAND_IN}; ${IMPORT}, which goes on with what failed`,
      async run(lab) {
        const [good, bad] = [person(lab), person(lab)];
        const done = await importMany(lab, [good, { ...bad, phone_number: '0123' }]);
        if (done.refusal) return `the job is ${inWords(done.refusal)}`;
        if (done.failed === 0) return 'does not fail';
        const isWritten = await lab.until(() => holderOf(lab, 'external_id', good.external_id));
        return `fails ${isWritten ? 'alone' : 'with the other'}, at ${done.pointers[0] ?? 'nothing'}`;
      },
    },
  ],
};
