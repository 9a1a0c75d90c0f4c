import type { ConnectVariables } from '../../shared/config/connect.ts';
import { ToolError } from '../operator/support/cli.ts';

/** Where commercetools reports to: https://docs.commercetools.com/api/projects/subscriptions#destination */
export type Destination =
  | { type: 'GoogleCloudPubSub'; topic: string; projectId: string }
  | { type: 'SNS'; topicArn: string; authenticationMode: 'IAM' };

/**
 * Returns the topic that Connect made for the event application; undefined where Connect does not say. Where Connect does not say which
 * kind it is, the variables do.
 */
export function knownDestination(variables: ConnectVariables): Destination | undefined {
  const {
    CONNECT_GCP_TOPIC_NAME: topic,
    CONNECT_GCP_PROJECT_ID: projectId,
    CONNECT_AWS_TOPIC_ARN: topicArn,
  } = variables;
  if (isOnAws(variables)) return topicArn ? { type: 'SNS', topicArn, authenticationMode: 'IAM' } : undefined;
  return topic && projectId ? { type: 'GoogleCloudPubSub', topic, projectId } : undefined;
}

/**
 * Returns the same where it has to be known.
 *
 * @throws ToolError naming the variables that are missing
 */
export function destinationOf(variables: ConnectVariables): Destination {
  const destination = knownDestination(variables);
  if (destination) return destination;
  const needed = isOnAws(variables)
    ? (['CONNECT_AWS_TOPIC_ARN'] as const)
    : (['CONNECT_GCP_TOPIC_NAME', 'CONNECT_GCP_PROJECT_ID'] as const);
  const missing = needed.filter((name) => !variables[name]);
  throw new ToolError(
    `${missing.join(' and ')} missing, so that nobody knows where commercetools is to report to. Connect sets them for the scripts of an application with applicationType: event; by hand, set them to the topic of the deployment.`,
  );
}

const isOnAws = ({
  CONNECT_SUBSCRIPTION_DESTINATION: kind,
  CONNECT_GCP_TOPIC_NAME: topic,
  CONNECT_AWS_TOPIC_ARN: topicArn,
}: ConnectVariables): boolean => (kind === undefined ? topicArn !== undefined && topic === undefined : kind === 'SNS');
