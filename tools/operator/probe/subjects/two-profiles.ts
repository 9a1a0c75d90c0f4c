import type { RawAnswer } from '../../../../shared/klaviyo/raw.ts';
import { eventsOf, type NewEvent, newId } from '../calls/events.ts';
import { type Attributes, create, person } from '../calls/profiles.ts';
import type { Experiment } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const ANSWERS = { one: 'the external_id’s', other: 'the e-mail’s' } as const;

/**
 * Returns the experiment on an event whose identifiers belong to two profiles.
 *
 * @param how in words
 * @param send sends the event
 */
export const ofTwoProfiles = (
  how: string,
  send: (lab: Lab, owner: Attributes, event: NewEvent) => Promise<RawAnswer>,
): Experiment => ({
  name: 'of-two-profiles',
  question: `Whose is an event ${how} whose external_id and e-mail belong to two profiles?`,
  assumed: ANSWERS.one,
  change: 'the setting eventIdentity of test/doubles/klaviyo; shared/handlers/orders/buyer.ts does without such events',
  async run(lab) {
    const [one, other] = [person(lab), person(lab)];
    const [oneId, otherId] = [await create(lab, one), await create(lab, other)];
    const owner = { external_id: one.external_id, email: other.email };
    const answer = await send(lab, owner, { mark: 'first', unique_id: newId() });
    if (answer.status >= 300) return 'nobody’s, as it is refused';
    const found = await lab.until(async () => {
      if ((await eventsOf(lab, oneId)).length > 0) return ANSWERS.one;
      return (await eventsOf(lab, otherId)).length > 0 ? ANSWERS.other : undefined;
    });
    return found ?? 'nobody’s, although it is taken';
  },
});
