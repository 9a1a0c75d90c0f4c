import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { duplicateOf, inWords, taken } from '../answers.ts';
import { awaitEvent, eventsOf, newId, track } from '../calls/events.ts';
import {
  awaitHolder,
  create,
  freeNumber,
  holderOf,
  importOne,
  merge,
  patch,
  person,
  post,
  profileIn,
  profileOf,
  search,
} from '../calls/profiles.ts';
import type { Experiment, Subject } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const IDENTITY = 'test/doubles/klaviyo/profile-identity.ts';
const WRITER = 'shared/klaviyo/writers/profiles.ts';

/** Returns the identifiers of somebody, a phone number included. */
const somebody = async (lab: Lab) => ({ ...person(lab), phone_number: await freeNumber(lab) });

const MERGE = 'test/doubles/klaviyo/profile-merge.ts; merge in shared/klaviyo/writers/email-claim.ts';

const IDENTIFIERS = ['external_id', 'email', 'phone_number'] as const;

/** Says whether an answer is a conflict that names the profile. */
const conflict = (answer: RawAnswer, id: string): string =>
  `${inWords(answer)}${duplicateOf(answer) === id ? ', names the profile' : ''}`;

const CONFLICT = 'refused (409 duplicate_profile), names the profile';

const eachIdentifier: Experiment[] = IDENTIFIERS.flatMap((field): Experiment[] => [
  {
    name: `${field}-of-another`,
    question: `Are the creation and the change of a profile with the ${field} of another refused?`,
    assumed: `creation: ${CONFLICT}; change: ${CONFLICT}`,
    change: `${IDENTITY}; resolve in ${WRITER}`,
    async run(lab) {
      const holder = await somebody(lab);
      const [id, other] = [await create(lab, holder), await create(lab, person(lab))];
      const ofHolder = { [field]: holder[field] };
      const created = await post(lab, { ...person(lab), ...ofHolder });
      return `creation: ${conflict(created, id)}; change: ${conflict(await patch(lab, other, ofHolder), id)}`;
    },
  },
  {
    name: `${field}-found`,
    question: `Is a new profile found by its ${field} at once?`,
    assumed: 'at once',
    change: 'profileLookup in shared/klaviyo/profiles.ts, and who asks it',
    async run(lab) {
      const holder = await somebody(lab);
      await create(lab, holder);
      if (await holderOf(lab, field, holder[field])) return 'at once';
      await awaitHolder(lab, field, holder[field]);
      return 'later';
    },
  },
]);

/** Experiments on what a profile is recognized and found by. */
export const identity: Subject = {
  name: 'identity',
  scopes: ['events:read', 'events:write', 'profiles:read', 'profiles:write'],
  experiments: [
    ...eachIdentifier,
    ...(['email', 'phone_number'] as const).map(
      (field): Experiment => ({
        name: `import-${field}-of-another`,
        question: `Does profile-import with a new external_id take over the profile with the ${field}?`,
        assumed: 'takes it over',
        change: `${IDENTITY}; ${WRITER}, which does without profile-import for that reason`,
        async run(lab) {
          const holder = await somebody(lab);
          const [id, external_id] = [await create(lab, holder), lab.name()];
          const answer = await importOne(lab, { external_id, [field]: holder[field] });
          if (answer.status >= 300) return inWords(answer);
          const { id: into, attributes } = profileIn(answer);
          if (into !== id) return 'makes a profile of its own';
          return attributes.external_id === external_id ? 'takes it over' : 'leaves it its external_id';
        },
      }),
    ),
    {
      name: 'import-of-two',
      question: 'Is profile-import with the identifiers of two profiles refused?',
      assumed: 'refused (409 duplicate_profile)',
      change: IDENTITY,
      async run(lab) {
        const [one, other] = [person(lab), person(lab)];
        await create(lab, one);
        await create(lab, other);
        return inWords(await importOne(lab, { external_id: one.external_id, email: other.email }));
      },
    },
    {
      name: 'email-spelling',
      question: 'Is a profile found by its e-mail as it was written, or in small letters?',
      assumed: 'found',
      change: 'byEmail in shared/klaviyo/profiles.ts',
      async run(lab) {
        const { external_id, email } = person(lab);
        const written = email.replace('probe', 'Probe');
        await create(lab, { external_id, email: written });
        const found = await lab.until(
          async () => (await holderOf(lab, 'email', written)) ?? (await holderOf(lab, 'email', email)),
        );
        return found ? 'found' : 'not found';
      },
    },
    {
      name: 'any-long',
      question: 'Does a search take a filter any(external_id,[…]) of 100 ids as long as UUIDs?',
      assumed: 'taken',
      change: 'MOST in shared/klaviyo/bulk/profile-lists.ts',
      async run(lab) {
        const ids = Array.from({ length: 100 }, () => JSON.stringify(crypto.randomUUID()));
        const query = { filter: `any(external_id,[${ids}])`, 'page[size]': '100' };
        return inWords(await lab.klaviyo({ method: 'GET', path: '/api/profiles', query }));
      },
    },
    {
      name: 'any-some',
      question: 'Does a search with any(email,[…]) find those that there are?',
      assumed: 'finds them',
      change: 'profileLookup in shared/klaviyo/profiles.ts',
      async run(lab) {
        const [one, other, nobody] = [person(lab), person(lab), person(lab)];
        await create(lab, one);
        await create(lab, other);
        const filter = `any(email,[${[one, nobody, other].map(({ email }) => JSON.stringify(email))}])`;
        const found = await lab.comesTrue(async () => (await search(lab, filter)).length === 2);
        return found ? 'finds them' : 'does not find them';
      },
    },
    {
      name: 'merge',
      question: 'After a merge, is the one profile gone, does the other keep what it had, and get what it lacked?',
      assumed: 'the one is gone; the other keeps its name and gets the e-mail',
      change: MERGE,
      async run(lab) {
        const { email } = person(lab);
        const source = await create(lab, { email, first_name: 'Source' });
        const destination = await create(lab, { external_id: lab.name(), first_name: 'Destination' });
        taken(await merge(lab, source, destination));
        const isGone = await lab.comesTrue(async () => (await profileOf(lab, source)) === undefined);
        const gets = await lab.comesTrue(async () => (await profileOf(lab, destination))?.attributes.email === email);
        const keeps = (await profileOf(lab, destination))?.attributes.first_name === 'Destination';
        const other = `${keeps ? 'keeps its name' : 'loses its name'} and ${gets ? 'gets' : 'does not get'} the e-mail`;
        return `the one is ${isGone ? 'gone' : 'still there'}; the other ${other}`;
      },
    },
    {
      name: 'merge-events',
      question: 'Do the events of a profile go along when it is merged into another?',
      assumed: 'go along',
      change: MERGE,
      async run(lab) {
        const { email } = person(lab);
        const [source, destination] = [await create(lab, { email }), await create(lab, { external_id: lab.name() })];
        taken(await track(lab, { email }, { mark: 'first', unique_id: newId() }));
        await awaitEvent(lab, source, 'first');
        taken(await merge(lab, source, destination));
        const go = await lab.comesTrue(async () => (await eventsOf(lab, destination)).length > 0);
        return go ? 'go along' : 'do not go along';
      },
    },
  ],
};
