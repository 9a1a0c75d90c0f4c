import { duplicateOf, inWords, pointersOf, taken } from '../answers.ts';
import {
  type Attributes,
  awaitHolder,
  create,
  holderOf,
  importOne,
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
const somebody = async (lab: Lab) => ({ ...person(lab), phone_number: await lab.phoneNumber() });

const IDENTIFIERS = ['external_id', 'email', 'phone_number'] as const;

/** Says whether a refusal is a conflict that names the profile. */
function conflict(answer: Parameters<typeof inWords>[0], id: string): string {
  return `${inWords(answer)}${duplicateOf(answer) === id ? ', names the profile' : ''}`;
}

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
      const taken = { [field]: holder[field] };
      const created = await post(lab, { ...person(lab), ...taken });
      return `creation: ${conflict(created, id)}; change: ${conflict(await patch(lab, other, taken), id)}`;
    },
  },
  {
    name: `${field}-found`,
    question: `Is a new profile found by its ${field} at once?`,
    assumed: 'at once',
    change: `profileLookup in shared/klaviyo/profiles.ts, and who asks it`,
    async run(lab) {
      const holder = await somebody(lab);
      await create(lab, holder);
      if (await holderOf(lab, field, holder[field])) return 'at once';
      await awaitHolder(lab, field, holder[field]);
      return 'later';
    },
  },
]);

/** Makes a profile, and says what a change of attributes has made of one of them. */
async function changed(lab: Lab, attributes: Attributes, change: Attributes, field: string): Promise<unknown> {
  const id = await create(lab, { ...person(lab), ...attributes });
  taken(await patch(lab, id, change));
  return (await profileOf(lab, id))?.attributes[field];
}

/** Experiments on what a profile is recognized by, and on what becomes of its attributes. */
export const identity: Subject = {
  name: 'identity',
  scopes: ['profiles:read', 'profiles:write'],
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
      name: 'import-null',
      question: 'Does null in profile-import clear a field?',
      assumed: 'clears it',
      change: `updateProfile in ${IDENTITY}`,
      async run(lab) {
        const someone = person(lab);
        await create(lab, { ...someone, first_name: 'Made by the probe' });
        const { attributes } = profileIn(await importOne(lab, { ...someone, first_name: null }));
        return attributes.first_name == null ? 'clears it' : 'leaves it as it is';
      },
    },
    {
      name: 'patch-null',
      question: 'Does null in PATCH clear a name?',
      assumed: 'clears it',
      change: `updateProfile in ${IDENTITY}; shared/handlers/customers/emptied.ts`,
      async run(lab) {
        const left = await changed(lab, { first_name: 'Made by the probe' }, { first_name: null }, 'first_name');
        return left == null ? 'clears it' : 'leaves it as it is';
      },
    },
    {
      name: 'patch-null-email',
      question: 'Does null in PATCH clear an e-mail, which is free for another profile then?',
      assumed: 'clears it, and it is free',
      change: 'takeAddress in shared/klaviyo/writers/email-claim.ts',
      async run(lab) {
        const { external_id, email } = person(lab);
        const id = await create(lab, { external_id, email });
        const answer = await patch(lab, id, { email: null });
        if (answer.status >= 300) return inWords(answer);
        if ((await profileOf(lab, id))?.attributes.email) return 'leaves it as it is';
        const next = await post(lab, { external_id: lab.name(), email });
        return next.status < 300 ? 'clears it, and it is free' : `clears it, and the next is ${inWords(next)}`;
      },
    },
    {
      name: 'patch-null-property',
      question: 'Is a custom property that is set to null without a value then?',
      assumed: 'without a value',
      change: `updateProfile in ${IDENTITY}; shared/handlers/customers/emptied.ts`,
      async run(lab) {
        const properties = await changed(lab, { properties: { a: 1 } }, { properties: { a: null } }, 'properties');
        return /"a":[^n]/.test(JSON.stringify(properties)) ? 'with its value' : 'without a value';
      },
    },
    {
      name: 'patch-location',
      question: 'Does PATCH with one part of the location keep the others, and so with properties?',
      assumed: 'keeps both',
      change: `updateProfile in ${IDENTITY}; shared/mappers/location.ts`,
      async run(lab) {
        const before = { location: { city: 'Berlin' }, properties: { a: 1 } };
        const id = await create(lab, { ...person(lab), ...before });
        taken(await patch(lab, id, { location: { zip: '10115' }, properties: { b: 2 } }));
        const { location, properties } = (await profileOf(lab, id))?.attributes ?? {};
        const kept = {
          location: JSON.stringify(location).includes('Berlin'),
          properties: JSON.stringify(properties).includes('"a"'),
        };
        if (kept.location && kept.properties) return 'keeps both';
        return `location: ${kept.location ? 'keeps' : 'drops'}; properties: ${kept.properties ? 'keeps' : 'drops'}`;
      },
    },
    {
      name: 'phone-invalid',
      question: 'Is a phone number that is none refused, and named?',
      assumed: 'refused (400 invalid), at /data/attributes/phone_number',
      change: `test/doubles/klaviyo/profile-body.ts; correct in ${WRITER}`,
      async run(lab) {
        const answer = await post(lab, { ...person(lab), phone_number: '0123' });
        return `${inWords(answer)}, at ${pointersOf(answer)[0] ?? 'nothing'}`;
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
      name: 'any-100',
      question: 'Does a search take a filter any(external_id,[…]) of 100 ids as long as UUIDs?',
      assumed: 'taken',
      change: 'profilesByExternalId in shared/klaviyo/bulk, and the size of its requests',
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
        const found = await lab.until(async () => (await search(lab, filter)).length === 2 || undefined);
        return found ? 'finds them' : 'does not find them';
      },
    },
    {
      name: 'merge',
      question: 'After a merge, is the one profile gone, does the other keep what it had, and get what it lacked?',
      assumed: 'the one is gone; the other keeps its name and gets the e-mail',
      change: 'test/doubles/klaviyo/profile-merge.ts; merge in shared/klaviyo/writers/email-claim.ts',
      async run(lab) {
        const { email } = person(lab);
        const source = await create(lab, { email, first_name: 'Source' });
        const destination = await create(lab, { external_id: lab.name(), first_name: 'Destination' });
        const profiles = { data: [{ type: 'profile', id: source }] };
        const data = { type: 'profile-merge', id: destination, relationships: { profiles } };
        taken(await lab.klaviyo({ method: 'POST', path: '/api/profile-merge', body: { data } }));
        const isGone = await lab.until(async () => (await profileOf(lab, source)) === undefined || undefined);
        await lab.until(async () => Boolean((await profileOf(lab, destination))?.attributes.email) || undefined);
        const attributes = (await profileOf(lab, destination))?.attributes;
        const name = attributes?.first_name === 'Destination' ? 'keeps its name' : 'loses its name';
        const gets = attributes?.email === email ? 'gets the e-mail' : 'does not get the e-mail';
        return `the one is ${isGone ? 'gone' : 'still there'}; the other ${name} and ${gets}`;
      },
    },
  ],
};
