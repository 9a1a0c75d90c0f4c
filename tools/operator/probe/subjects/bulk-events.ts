import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { inWords, pointersOf, taken } from '../answers.ts';
import { awaitEvent, eventsOf, marksOf, newId, track, trackMany } from '../calls/events.ts';
import { create, person } from '../calls/profiles.ts';
import type { Subject } from '../experiment.ts';
import { ofTwoProfiles } from './two-profiles.ts';

const BULK = 'test/doubles/klaviyo/event-bulk.ts';
const WRITER = 'shared/klaviyo/writers/event-bulk.ts';

const ENTRY = /^\/data\/attributes\/events-bulk-create\/data\/(\d+)(\/|$)/;

/** Says which entries of a request a refusal names. */
function named(answer: RawAnswer): string {
  const entries = pointersOf(answer).flatMap((pointer) => ENTRY.exec(pointer)?.[1] ?? []);
  return entries.length > 0 ? `names entry ${[...new Set(entries)].join(' and ')}` : 'names no entry';
}

/** Experiments on events that travel together. */
export const bulkEvents: Subject = {
  name: 'bulk-events',
  scopes: ['events:read', 'events:write', 'profiles:read', 'profiles:write'],
  experiments: [
    {
      name: 'repeat-in-a-request',
      question: 'Is a request that repeats a unique_id refused, with everything in it?',
      assumed: 'refused (400 invalid); nothing is kept',
      change: `${BULK}; nameOf in ${WRITER}, which keeps such events apart`,
      async run(lab) {
        const owner = person(lab);
        const [id, unique_id] = [await create(lab, owner), newId()];
        const events = [
          { mark: 'other', unique_id: newId() },
          { mark: 'first', unique_id },
          { mark: 'second', unique_id },
        ];
        const answer = await trackMany(
          lab,
          events.map((event) => ({ owner, events: [event] })),
        );
        const marks = await marksOf(lab, id, owner);
        return `${inWords(answer)}; ${marks.length > 0 ? marks.toSorted().join(', ') : 'nothing'} is kept`;
      },
    },
    {
      name: 'repeat-named',
      question: 'Does the refusal of a repeated unique_id name the entry?',
      assumed: 'names entry 1',
      change: `the setting bulkPointers of test/doubles/klaviyo; blamed in ${WRITER}`,
      async run(lab) {
        const owner = person(lab);
        const event = { mark: 'first', unique_id: newId() };
        const answer = await trackMany(lab, [
          { owner, events: [event] },
          { owner, events: [event] },
        ]);
        return answer.status < 300 ? 'taken' : named(answer);
      },
    },
    {
      name: 'repeat-by-another-identifier',
      question:
        'Is a request refused that repeats a unique_id of one profile, once by its external_id and once by its e-mail?',
      assumed: 'refused (400 invalid)',
      change: `${BULK}; ${WRITER} halves such a request`,
      async run(lab) {
        const { external_id, email } = person(lab);
        await create(lab, { external_id, email });
        const events = [{ mark: 'first', unique_id: newId() }];
        return inWords(
          await trackMany(lab, [
            { owner: { external_id }, events },
            { owner: { email }, events },
          ]),
        );
      },
    },
    {
      name: 'repeat-of-a-stored-one',
      question: 'Is a request taken that has a unique_id which is stored already, and does the stored event stay?',
      assumed: 'taken; first, other is kept',
      change: `the setting bulkRefusesStored of test/doubles/klaviyo; ${WRITER}; how shared/history goes on after a kill`,
      async run(lab) {
        const owner = person(lab);
        const [id, unique_id] = [await create(lab, owner), newId()];
        taken(await track(lab, owner, { mark: 'first', unique_id }));
        await awaitEvent(lab, id, 'first');
        const events = [
          { mark: 'second', unique_id },
          { mark: 'other', unique_id: newId() },
        ];
        const answer = await trackMany(lab, [{ owner, events }]);
        if (answer.status < 300) await lab.comesTrue(async () => (await eventsOf(lab, id)).length > 1);
        return `${inWords(answer)}; ${(await marksOf(lab, id, owner)).toSorted().join(', ')} is kept`;
      },
    },
    {
      name: 'bad-entry',
      question: 'Is a request with one bad entry refused as a whole, and the entry named?',
      assumed: 'refused (400 invalid), names entry 1; nothing is kept',
      change: `the setting bulkPointers of test/doubles/klaviyo; ${BULK}; blamed in ${WRITER}`,
      async run(lab) {
        const owner = person(lab);
        const [id, bad] = [await create(lab, owner), { external_id: lab.name(), email: 'not an address' }];
        const entryOf = (whose: typeof bad) => ({ owner: whose, events: [{ mark: 'first', unique_id: newId() }] });
        const answer = await trackMany(lab, [entryOf(owner), entryOf(bad)]);
        const marks = await marksOf(lab, id, owner);
        return `${inWords(answer)}, ${named(answer)}; ${marks.length > 0 ? 'the good one' : 'nothing'} is kept`;
      },
    },
    ofTwoProfiles('in bulk', (lab, owner, event) => trackMany(lab, [{ owner, events: [event] }])),
    {
      name: 'gzip',
      question: 'Is a body that is compressed with gzip taken?',
      assumed: 'not taken',
      change: 'shared/http/request.ts could compress; test/doubles/http-message.ts',
      async run(lab) {
        const owner = person(lab);
        const id = await create(lab, owner);
        const answer = await trackMany(lab, [{ owner, events: [{ mark: 'first', unique_id: newId() }] }], true);
        if (answer.status >= 300) return 'not taken';
        const isKept = await lab.comesTrue(async () => (await eventsOf(lab, id)).length > 0);
        return isKept ? 'taken' : 'not taken, although answered with success';
      },
    },
  ],
};
