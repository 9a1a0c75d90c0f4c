import * as z from 'zod';
import type { CommercetoolsClient } from '../../../shared/commercetools/client.ts';
import { CredentialsError } from '../../../shared/errors.ts';
import { readExtension } from '../../../shared/extension/installed.ts';
import { lanesWith } from '../../../shared/extension/lanes.ts';
import { type Subscription as Need, subscriptionsOf } from '../../../shared/handlers/subscriptions.ts';
import { attempted, type Check, failed, ok, unless, warning } from './check.ts';
import type { Deployment } from './deployment.ts';

const NAME = 'commercetools subscriptions';

/** https://docs.commercetools.com/api/projects/subscriptions#subscription */
const subscriptionSchema = z.looseObject({
  key: z.string().optional(),
  destination: z.looseObject({ type: z.string(), projectId: z.string().optional(), topic: z.string().optional() }),
  messages: z.array(z.looseObject({ resourceTypeId: z.string(), types: z.array(z.string()).default([]) })).default([]),
  changes: z.array(z.looseObject({ resourceTypeId: z.string() })).default([]),
  /** What its health endpoint tells too. */
  status: z.string().default('Healthy'),
});

type Subscription = z.output<typeof subscriptionSchema>;

/** What a subscription lacks of the messages that are needed; one without types has all of its resource. */
function missingMessages({ messages }: Subscription, typeId: string, needed: readonly string[]): string | undefined {
  const subscribed = messages.filter(({ resourceTypeId }) => resourceTypeId === typeId);
  if (subscribed.some(({ types }) => types.length === 0)) return undefined;
  const missing = needed.filter((type) => !subscribed.some(({ types }) => types.includes(type)));
  return missing.length > 0 ? `lacks the messages ${missing.join(', ')}` : undefined;
}

function checkOne(
  typeId: string,
  need: Need,
  subscriptions: Subscription[],
  { name, project, lanes, isConnect }: Deployment,
): Check {
  const key = `${name}-${typeId}`;
  const title = `commercetools subscription ${key}`;
  const found = subscriptions.find((one) => one.key === key);
  const advice = isConnect
    ? 'Deploy again: post-deploy brings it. --name is the SUBSCRIPTION_PREFIX of the deployment.'
    : 'Run terraform apply, or see docs/deploy-without-terraform.md.';
  if (!found) return failed(title, 'does not exist', `${advice} Left out on purpose: --skip ${typeId}.`);
  const { destination, changes, status } = found;
  const { topic } = lanes.find(({ lane }) => lane === need.lane) ?? lanes[0];
  const isPubSub = destination.type === 'GoogleCloudPubSub';
  const isHere =
    isConnect || (isPubSub && destination.projectId === project && topic.endsWith(`/${destination.topic}`));
  const place = isPubSub ? [destination.projectId, destination.topic].join('/') : destination.type;
  const hasChanges = !need.changes || changes.some(({ resourceTypeId }) => resourceTypeId === typeId);
  return unless(
    title,
    [
      isHere ? undefined : `publishes to ${place}, not to ${topic.split('/').at(-1)}`,
      missingMessages(found, typeId, need.messages),
      hasChanges ? undefined : 'lacks the changes',
      status === 'Healthy' ? undefined : `is not delivering: ${status}`,
    ],
    'complete and healthy',
    status === 'Healthy' || isConnect
      ? advice
      : `${advice} Not delivering: commercetools' account must be a publisher of the topic.`,
  );
}

/** Whether commercetools publishes every message and change that the handlers need to the topic of its lane. */
export async function checkSubscriptions(
  { api, query }: CommercetoolsClient,
  deployment: Deployment,
): Promise<Check[]> {
  const request = api.subscriptions().get({ queryArgs: { limit: 500 } });
  try {
    const subscriptions = await query('subscriptions', subscriptionSchema, request);
    return Object.entries(subscriptionsOf(lanesWith(readExtension()))).map(([typeId, need]) =>
      deployment.skip.includes(typeId)
        ? ok(`commercetools subscription ${deployment.name}-${typeId}`, 'left out on purpose')
        : checkOne(typeId, need, subscriptions, deployment),
    );
  } catch (error) {
    if (!(error instanceof CredentialsError)) return [await attempted(NAME, () => Promise.reject(error))];
    return [
      warning(
        NAME,
        'not checked: the API client may not read them, as it should be',
        'Run the doctor once with a client that has manage_subscriptions, in CT_API_CLIENT and CT_SCOPE of your terminal only.',
      ),
    ];
  }
}
