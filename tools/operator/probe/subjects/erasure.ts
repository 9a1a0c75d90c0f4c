import { ToolError } from '../../support/cli.ts';
import { inWords, taken } from '../answers.ts';
import { awaitEvent, eventsOf, newId, track } from '../calls/events.ts';
import { create, erase, holderOf, patch, person, profileOf, requestErasure } from '../calls/profiles.ts';
import type { Subject } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const STAND_IN = 'test/doubles/klaviyo/erasure.ts';

/** Makes somebody with an event, who is erased then. */
async function erased(lab: Lab): Promise<{ id: string; owner: ReturnType<typeof person> }> {
  const owner = person(lab);
  const id = await create(lab, owner);
  taken(await track(lab, owner, { mark: 'before', unique_id: newId() }));
  await awaitEvent(lab, id, 'before');
  await erase(lab, id);
  if (!(await lab.comesTrue(async () => (await profileOf(lab, id)) === undefined)))
    throw new ToolError('Klaviyo still shows a profile that it was asked to erase');
  return { id, owner };
}

/** Experiments on erasures. */
export const erasure: Subject = {
  name: 'erasure',
  scopes: ['data-privacy:write', 'events:read', 'events:write', 'profiles:read', 'profiles:write'],
  experiments: [
    {
      name: 'events',
      question: 'Are the events of a profile gone with the profile?',
      assumed: 'gone',
      change: `remove in ${STAND_IN}; what docs/personal-data.md says`,
      async run(lab) {
        const { id } = await erased(lab);
        const areGone = await lab.comesTrue(async () => (await eventsOf(lab, id)).length === 0);
        return areGone ? 'gone' : 'still there';
      },
    },
    {
      name: 'later-event',
      question: 'Does an event after the erasure make the profile anew, with nothing of before?',
      assumed: 'makes it anew, with that event only',
      change: `${STAND_IN}; shared/handlers/orders/buyer.ts, which keeps late events from doing so`,
      async run(lab) {
        const { id: before, owner } = await erased(lab);
        const answer = await track(lab, owner, { mark: 'after', unique_id: newId() });
        if (answer.status >= 300) return inWords(answer);
        const anew = await lab.until(() => holderOf(lab, 'email', owner.email));
        if (!anew) return 'makes nothing';
        await awaitEvent(lab, anew.id, 'after');
        const isAlone = (await eventsOf(lab, anew.id)).length === 1;
        return `makes it ${anew.id === before ? 'again' : 'anew'}, with ${isAlone ? 'that event only' : 'its history'}`;
      },
    },
    {
      name: 'of-nobody',
      question: 'Is the change of a profile that was erased refused, and another erasure taken?',
      assumed: 'change: refused (404 not_found); erasure: taken',
      change: `test/doubles/klaviyo/profiles.ts, ${STAND_IN}; correct in shared/klaviyo/writers/profiles.ts`,
      async run(lab) {
        const { id } = await erased(lab);
        const change = inWords(await patch(lab, id, { first_name: 'Nobody' }));
        return `change: ${change}; erasure: ${inWords(await requestErasure(lab, { id }))}`;
      },
    },
    {
      name: 'two-identifiers',
      question: 'Is an erasure refused that names somebody by two identifiers?',
      assumed: 'refused (400 invalid)',
      change: `${STAND_IN}; shared/klaviyo/writers/erasure.ts, which names one`,
      async run(lab) {
        const { email, external_id } = person(lab);
        const id = await create(lab, { email, external_id });
        return inWords(await requestErasure(lab, { id, attributes: { email } }));
      },
    },
  ],
};
