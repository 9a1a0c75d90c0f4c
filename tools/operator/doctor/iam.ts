import { type Google, isGrpcError, type Policy } from '../support/google.ts';
import type { LaneResources } from '../support/lanes.ts';
import { attempted, type Check, failed, ok, warning } from './check.ts';

/** Roles that include a permission; the basic roles are for projects and never stand on a topic. */
const ROLES = {
  publisher: ['roles/pubsub.publisher', 'roles/pubsub.editor', 'roles/pubsub.admin'],
  subscriber: ['roles/pubsub.subscriber', 'roles/pubsub.editor', 'roles/pubsub.admin'],
};

const PUBSUB_AGENT = {
  pattern: /^serviceAccount:service-\d+@gcp-sa-pubsub\.iam\.gserviceaccount\.com$/,
  member: 'serviceAccount:service-PROJECT_NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com',
};

/** https://docs.commercetools.com/api/projects/subscriptions#google-cloud-pubsub-destination */
const COMMERCETOOLS = {
  pattern: /^serviceAccount:subscriptions@commercetools-platform\.iam\.gserviceaccount\.com$/,
  member: 'serviceAccount:subscriptions@commercetools-platform.iam.gserviceaccount.com',
};

/** Somebody who needs a role on a topic or a subscription. */
interface Grant {
  name: string;
  kind: 'topics' | 'subscriptions';
  resource: string;
  role: keyof typeof ROLES;
  who: typeof PUBSUB_AGENT;
}

/** What has to be granted. Without it commercetools cannot publish, and Pub/Sub never gives a message up. */
const grants = ({ topic, subscription, deadLetterTopic }: LaneResources): Grant[] => [
  { name: 'commercetools may publish', kind: 'topics', resource: topic, role: 'publisher', who: COMMERCETOOLS },
  { name: 'Pub/Sub may dead-letter', kind: 'topics', resource: deadLetterTopic, role: 'publisher', who: PUBSUB_AGENT },
  {
    name: 'Pub/Sub may take from the source',
    kind: 'subscriptions',
    resource: subscription,
    role: 'subscriber',
    who: PUBSUB_AGENT,
  },
];

/** Whether a policy grants what is needed. */
function checkGrant({ name, kind, resource, role, who }: Grant, policy: Policy | undefined): Check {
  if (!policy) return warning(name, 'not checked: the emulator has no IAM');
  const isGranted = (policy.bindings ?? []).some(
    (binding) =>
      ROLES[role].includes(binding.role ?? '') && binding.members?.some((member) => who.pattern.test(member)),
  );
  if (isGranted) return ok(name, `${role} of ${resource}`);
  const command = `gcloud pubsub ${kind} add-iam-policy-binding ${resource} --member=${who.member} --role=roles/pubsub.${role}`;
  return failed(name, `no ${role} on ${resource} itself`, `Unless it is granted on the project: ${command}`);
}

/** Whether those who have to may publish and take messages, by the policies of a lane's topics and its subscription. */
export const checkIam = ({ policyOf }: Pick<Google, 'policyOf'>, lane: LaneResources): Promise<Check>[] =>
  grants(lane).map((grant) =>
    attempted(grant.name, () =>
      policyOf(grant.kind, grant.resource).then(
        (policy) => checkGrant(grant, policy),
        (error) => {
          if (!isGrpcError(error, 'PERMISSION_DENIED')) throw error;
          return warning(grant.name, 'not checked: you may not read the policy', 'Ask for roles/iam.securityReviewer.');
        },
      ),
    ),
  );
