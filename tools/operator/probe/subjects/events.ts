import { inWords, pointersOf, taken } from '../answers.ts';
import { awaitEvent, marksOf, newId, track } from '../calls/events.ts';
import { awaitHolder, create, person, profileOf } from '../calls/profiles.ts';
import type { Subject } from '../experiment.ts';
import { ofTwoProfiles } from './two-profiles.ts';

const RECORDING = 'test/doubles/klaviyo/event-recording.ts';
const WRITER = 'shared/klaviyo/writers/events.ts';

/** A second of the past, with a fraction. */
const AT = '2026-03-02T10:11:12.900Z';

/** Experiments on single events. */
export const events: Subject = {
  name: 'events',
  scopes: ['events:read', 'events:write', 'profiles:read', 'profiles:write'],
  experiments: [
    {
      name: 'repeat',
      question:
        'Of two events with one unique_id, metric and profile, is the first kept and the second taken without a word?',
      assumed: 'taken; the first is kept',
      change: `${RECORDING}; redelivery and history rely on it`,
      async run(lab) {
        const owner = person(lab);
        const [id, unique_id] = [await create(lab, owner), newId()];
        taken(await track(lab, owner, { mark: 'first', unique_id }));
        await awaitEvent(lab, id, 'first');
        const answer = inWords(await track(lab, owner, { mark: 'second', unique_id }));
        const marks = await marksOf(lab, id, owner);
        if (marks.length > 1) return `${answer}; both are kept`;
        return `${answer}; the ${marks[0]} is kept`;
      },
    },
    {
      name: 'without-unique-id',
      question: 'Do two events of a profile in one second count as one when they have no unique_id?',
      assumed: 'as one',
      change: `toEvent in ${RECORDING}`,
      async run(lab) {
        const owner = person(lab);
        const id = await create(lab, owner);
        taken(await track(lab, owner, { mark: 'first', time: AT }));
        await awaitEvent(lab, id, 'first');
        taken(await track(lab, owner, { mark: 'second', time: AT }));
        return (await marksOf(lab, id, owner)).length > 1 ? 'as two' : 'as one';
      },
    },
    {
      name: 'time',
      question: 'Is the time of an event cut to the second?',
      assumed: 'cut',
      change: `toTheSecond in ${RECORDING}; seconds in shared/klaviyo/bulk/events.ts, which compares by them`,
      async run(lab) {
        const owner = person(lab);
        const id = await create(lab, owner);
        taken(await track(lab, owner, { mark: 'first', unique_id: newId(), time: AT }));
        const { timestamp } = await awaitEvent(lab, id, 'first');
        const second = Math.floor(Date.parse(AT) / 1000);
        if (timestamp === second) return 'cut';
        return timestamp === second + 1 ? 'rounded' : 'neither cut nor rounded';
      },
    },
    {
      name: 'unique-id-shown',
      question: 'Is the unique_id of an event shown as $event_id in event_properties?',
      assumed: 'as $event_id',
      change: 'the setting showsEventId of test/doubles/klaviyo; uniqueIdOf in shared/klaviyo/bulk/events.ts',
      async run(lab) {
        const owner = person(lab);
        const [id, unique_id] = [await create(lab, owner), newId()];
        taken(await track(lab, owner, { mark: 'first', unique_id }));
        const { properties } = await awaitEvent(lab, id, 'first');
        const name = Object.keys(properties).find((key) => properties[key] === unique_id);
        return name === undefined ? 'not shown' : `as ${name}`;
      },
    },
    ofTwoProfiles('by itself', track),
    {
      name: 'name-of-the-owner',
      question: 'Does an event write the name that it has of its owner over the profile’s?',
      assumed: 'writes it',
      change: `ownerOf in ${RECORDING}; shared/handlers/orders/overwritten.ts`,
      async run(lab) {
        const owner = person(lab);
        const id = await create(lab, { ...owner, first_name: 'Before' });
        taken(await track(lab, { ...owner, first_name: 'After' }, { mark: 'first', unique_id: newId() }));
        await awaitEvent(lab, id, 'first');
        const isWritten = await lab.comesTrue(
          async () => (await profileOf(lab, id))?.attributes.first_name === 'After',
        );
        return isWritten ? 'writes it' : 'leaves the profile’s';
      },
    },
    {
      name: 'new-owner',
      question: 'Does an event of somebody unknown make a profile with the identifiers that the event has?',
      assumed: 'makes it, with both',
      change: `ownerOf in ${RECORDING}`,
      async run(lab) {
        const { external_id, email } = person(lab);
        taken(await track(lab, { external_id, email }, { mark: 'first', unique_id: newId() }));
        const { attributes } = await awaitHolder(lab, 'email', email);
        return attributes.external_id === external_id ? 'makes it, with both' : 'makes it, with the e-mail only';
      },
    },
    {
      name: 'email-refused',
      question: 'Is an event with an e-mail that is none refused, and the e-mail named?',
      assumed: 'refused (400 invalid), ends in /email',
      change: `test/doubles/klaviyo/profile-body.ts; isAboutEmail in ${WRITER}`,
      async run(lab) {
        const owner = { external_id: lab.name(), email: 'not an address' };
        const answer = await track(lab, owner, { mark: 'first', unique_id: newId() });
        const end = /\/[^/]*$/.exec(pointersOf(answer)[0] ?? '')?.[0];
        return `${inWords(answer)}${end ? `, ends in ${end}` : ', names nothing'}`;
      },
    },
    {
      name: 'time-refused',
      question: 'Is an event of the year 1990 refused?',
      assumed: 'refused (400 invalid)',
      change: 'test/doubles/klaviyo/event-body.ts; placedAt in shared/mappers/orders',
      run: async (lab) =>
        inWords(await track(lab, person(lab), { mark: 'first', unique_id: newId(), time: '1990-06-01T00:00:00Z' })),
    },
  ],
};
