import { ToolError } from '../../support/cli.ts';
import { inWords, taken } from '../answers.ts';
import { awaitConsent, type Channel, type Marketing, marketingOf, subscribe, unsubscribe } from '../calls/consents.ts';
import { type Attributes, create, freeNumber, person } from '../calls/profiles.ts';
import type { Experiment, Subject } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const STAND_IN = 'test/doubles/klaviyo/subscriptions.ts';
const RECORD = 'shared/klaviyo/consents.ts';
const SOURCE = 'Probe';

/** Makes a profile with the address of a channel. */
async function addressed(lab: Lab, channel: Channel): Promise<{ id: string; address: Attributes }> {
  const someone = person(lab);
  const address = channel === 'email' ? { email: someone.email } : { phone_number: await freeNumber(lab) };
  return { id: await create(lab, { ...someone, ...address }), address };
}

/** Waits for a consent; without it nothing more can be found out. */
async function subscribed(lab: Lab, id: string, channel: Channel): Promise<Marketing> {
  const record = await awaitConsent(lab, id, channel, 'SUBSCRIBED');
  if (record) return record;
  throw new ToolError('Klaviyo did not subscribe: where the account asks for double opt-in, nobody confirms');
}

/** Says in which field a source is shown. */
const fieldOf = (record: Marketing): string =>
  Object.entries(record).find(([, value]) => value === SOURCE)?.[0] ?? 'nowhere';

const eachChannel: Experiment[] = [
  ['email', 'custom_method_detail'] as const,
  ['sms', 'method_detail'] as const,
].flatMap(([channel, field]): Experiment[] => [
  {
    name: `${channel}-source`,
    question: `Where does Klaviyo show the custom_source of a subscription to ${channel}?`,
    assumed: `in ${field}, with the method API`,
    change: `subscribe in ${STAND_IN}; isGivenElsewhereSince in ${RECORD}`,
    async run(lab) {
      const { id, address } = await addressed(lab, channel);
      taken(await subscribe(lab, channel, address, { custom_source: SOURCE }));
      const record = await subscribed(lab, id, channel);
      return `in ${fieldOf(record)}, with the method ${record.method ?? 'of none'}`;
    },
  },
  {
    name: `${channel}-times`,
    question: `Does a subscription to ${channel} set consent_timestamp and last_updated?`,
    assumed: 'sets both',
    change: `subscribe in ${STAND_IN}; isDecidedSince in ${RECORD}`,
    async run(lab) {
      const { id, address } = await addressed(lab, channel);
      taken(await subscribe(lab, channel, address));
      const { consent_timestamp, last_updated } = await subscribed(lab, id, channel);
      if (consent_timestamp && last_updated) return 'sets both';
      return consent_timestamp ? 'sets consent_timestamp only' : 'sets last_updated at most';
    },
  },
]);

/** Experiments on consents. */
export const consent: Subject = {
  name: 'consent',
  scopes: ['lists:write', 'profiles:read', 'profiles:write', 'subscriptions:read', 'subscriptions:write'],
  experiments: [
    ...eachChannel,
    {
      name: 'nobody-yet',
      question: 'What is shown of a profile that nobody has subscribed?',
      assumed: 'NEVER_SUBSCRIBED',
      change: `never in ${STAND_IN}; isDecidedSince in ${RECORD}`,
      async run(lab) {
        const { id } = await addressed(lab, 'email');
        return (await marketingOf(lab, id, 'email')).consent ?? 'nothing';
      },
    },
    {
      name: 'unsubscribed-and-back',
      question: 'Does a withdrawal without a list unsubscribe from everything, and does a later subscription lift it?',
      assumed: 'unsubscribes; is lifted',
      change: `${STAND_IN}; subscribe in shared/klaviyo/writers/consent.ts, which looks at Klaviyo’s record first`,
      async run(lab) {
        const { id, address } = await addressed(lab, 'email');
        taken(await subscribe(lab, 'email', address));
        await subscribed(lab, id, 'email');
        taken(await unsubscribe(lab, 'email', address));
        if (!(await awaitConsent(lab, id, 'email', 'UNSUBSCRIBED'))) return 'does not unsubscribe';
        taken(await subscribe(lab, 'email', address));
        const isBack = await awaitConsent(lab, id, 'email', 'SUBSCRIBED');
        return `unsubscribes; ${isBack ? 'is lifted' : 'is not lifted'}`;
      },
    },
    {
      name: 'historical-without-time',
      question: 'Is a historical import refused that does not say when the consent was given?',
      assumed: 'refused (400 invalid)',
      change: 'test/doubles/klaviyo/subscription-jobs.ts',
      async run(lab) {
        const { address } = await addressed(lab, 'email');
        return inWords(await subscribe(lab, 'email', address, { historical_import: true }));
      },
    },
    {
      name: 'sms-number-refused',
      question: 'Is a subscription to sms of a number that is none refused?',
      assumed: 'refused (400 invalid)',
      change: 'send in shared/klaviyo/writers/consent.ts',
      run: async (lab) => inWords(await subscribe(lab, 'sms', { phone_number: '0123' })),
    },
  ],
};
