import { inWords, pointersOf, taken } from '../answers.ts';
import { type Attributes, create, importOne, patch, person, post, profileIn, profileOf } from '../calls/profiles.ts';
import type { Subject } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const IDENTITY = 'test/doubles/klaviyo/profile-identity.ts';
const WRITER = 'shared/klaviyo/writers/profiles.ts';

/** Makes a profile, and says what a change of attributes has made of one of them. */
async function changed(lab: Lab, attributes: Attributes, change: Attributes, field: string): Promise<unknown> {
  const id = await create(lab, { ...person(lab), ...attributes });
  taken(await patch(lab, id, change));
  return (await profileOf(lab, id))?.attributes[field];
}

/** Experiments on what becomes of the attributes of a profile. */
export const profiles: Subject = {
  name: 'profiles',
  scopes: ['profiles:read', 'profiles:write'],
  experiments: [
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
  ],
};
