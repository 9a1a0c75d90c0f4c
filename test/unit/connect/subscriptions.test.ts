import { describe, expect, test } from 'vitest';
import { readConnectVariables } from '../../../shared/config/connect.ts';
import { HANDLER_NAMES } from '../../../shared/config/settings/handlers.ts';
import { destinationOf } from '../../../tools/connect/destination.ts';
import { differences, subscription } from '../../../tools/connect/differences.ts';
import { wantedSubscriptions } from '../../../tools/connect/wanted.ts';
import { settings } from '../support.ts';

const GOOGLE = { CONNECT_GCP_TOPIC_NAME: 'the-topic', CONNECT_GCP_PROJECT_ID: 'the-project' };
const destination = { type: 'GoogleCloudPubSub', topic: 'the-topic', projectId: 'the-project' } as const;

describe('the destination', () => {
  const of = (variables: Record<string, string>) => destinationOf(readConnectVariables(variables));

  test.each([
    ['with its kind', { ...GOOGLE, CONNECT_SUBSCRIPTION_DESTINATION: 'GoogleCloudPubSub' }],
    ['without', GOOGLE],
  ])('is a topic of Pub/Sub on Google, %s', (_, variables) => {
    expect(of(variables)).toEqual(destination);
  });

  test.each([
    ['with its kind', { CONNECT_SUBSCRIPTION_DESTINATION: 'SNS' }],
    ['without', {}],
  ])('is a topic of SNS on AWS, %s', (_, variables) => {
    expect(of({ ...variables, CONNECT_AWS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:topic' })).toEqual({
      type: 'SNS',
      topicArn: 'arn:aws:sns:eu-central-1:1:topic',
      authenticationMode: 'IAM',
    });
  });

  test.each([
    [{}, 'CONNECT_GCP_TOPIC_NAME and CONNECT_GCP_PROJECT_ID missing'],
    [{ CONNECT_GCP_TOPIC_NAME: 'the-topic' }, 'CONNECT_GCP_PROJECT_ID missing'],
    [{ CONNECT_SUBSCRIPTION_DESTINATION: 'SNS', ...GOOGLE }, 'CONNECT_AWS_TOPIC_ARN missing'],
  ])('of %j is nowhere', (variables, problem) => {
    expect(() => of(variables)).toThrow(problem);
  });
});

describe('the subscriptions that are wanted', () => {
  const wantedWith = (disabled: readonly string[]) =>
    wantedSubscriptions(settings({ handlers: { disabled } }), 'klaviyo', destination);

  test('report all that the handlers take to the topic, a type of resource each', () => {
    const { wanted, unwanted } = wantedWith([]);

    expect(wanted.map(({ key }) => key)).toContain('klaviyo-order');
    expect(wanted.find(({ key }) => key === 'klaviyo-category')).toEqual({
      key: 'klaviyo-category',
      destination,
      messages: [{ resourceTypeId: 'category', types: ['CategoryCreated'] }],
      changes: [{ resourceTypeId: 'category' }],
    });
    expect(unwanted).toEqual([]);
  });

  test('are none of a resource whose handlers are all switched off', () => {
    const { wanted, unwanted } = wantedWith(['refund', 'customer']);

    expect(unwanted).toEqual(['klaviyo-payment']);
    expect(wanted.map(({ key }) => key)).toContain('klaviyo-customer');
  });

  test('are none at all without handlers', () => {
    expect(wantedWith(HANDLER_NAMES).wanted).toEqual([]);
  });
});

describe('what differs of a subscription', () => {
  const wanted = {
    key: 'klaviyo-order',
    destination,
    messages: [{ resourceTypeId: 'order', types: ['OrderCreated', 'OrderImported'] }],
    changes: [{ resourceTypeId: 'order' }],
  };
  const { messages, changes } = wanted;
  const differing = (difference: object) =>
    differences(subscription.parse({ version: 1, destination, messages, changes, ...difference }), wanted);

  test.each([
    ['nothing', {}],
    ['the order of types', { messages: [{ resourceTypeId: 'order', types: ['OrderImported', 'OrderCreated'] }] }],
    [
      'what commercetools adds to a destination',
      { destination: { ...destination, authenticationMode: 'Credentials' } },
    ],
  ])('is nothing to update: %s', (_, difference) => {
    expect(differing(difference)).toEqual([]);
  });

  test.each([
    ['setMessages', { messages: [{ resourceTypeId: 'order', types: ['OrderCreated'] }] }, { messages }],
    ['setMessages', { messages: [] }, { messages }],
    ['setChanges', { changes: [] }, { changes }],
    ['changeDestination', { destination: { ...destination, topic: 'another' } }, { destination }],
    ['changeDestination', { status: 'ConfigurationErrorDeliveryStopped' }, { destination }],
  ])('is updated by %s', (action, difference, fields) => {
    expect(differing(difference)).toEqual([{ action, ...fields }]);
  });
});
