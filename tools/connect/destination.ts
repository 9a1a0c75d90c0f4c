import type { ConnectVariables } from '../../shared/config/connect.ts';
import { ToolError } from '../operator/support/cli.ts';

/** Where commercetools reports to: https://docs.commercetools.com/api/projects/subscriptions#destination */
export type Destination =
  | { type: 'GoogleCloudPubSub'; topic: string; projectId: string }
  | { type: 'SNS'; topicArn: string; authenticationMode: 'IAM' };

/**
 * Returns the topic that Connect made for the event application. Where Connect does not say which kind it is, the variables do.
 *
 * @throws ToolError naming the variables that are missing
 */
export function destinationOf({
  CONNECT_SUBSCRIPTION_DESTINATION: kind,
  CONNECT_GCP_TOPIC_NAME: topic,
  CONNECT_GCP_PROJECT_ID: projectId,
  CONNECT_AWS_TOPIC_ARN: topicArn,
}: ConnectVariables): Destination {
  const isOnAws = kind === undefined ? topicArn !== undefined && topic === undefined : kind === 'SNS';
  if (isOnAws) {
    if (topicArn) return { type: 'SNS', topicArn, authenticationMode: 'IAM' };
    throw missing('CONNECT_AWS_TOPIC_ARN');
  }
  if (topic && projectId) return { type: 'GoogleCloudPubSub', topic, projectId };
  throw missing(...(topic ? [] : ['CONNECT_GCP_TOPIC_NAME']), ...(projectId ? [] : ['CONNECT_GCP_PROJECT_ID']));
}

const missing = (...names: string[]) =>
  new ToolError(
    `${names.join(' and ')} missing, so that nobody knows where commercetools is to report to. Connect sets them for the scripts of an application with applicationType: event; by hand, set them to the topic of the deployment.`,
  );
