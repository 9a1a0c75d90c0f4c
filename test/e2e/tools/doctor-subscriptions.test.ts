import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';
import type { Check } from '../../../tools/operator/doctor/check.ts';
import type { Deployment } from '../../../tools/operator/doctor/deployment.ts';
import { commercetoolsChecks } from '../../../tools/operator/doctor/diagnose.ts';
import { NAME } from '../../doubles/pubsub/client.ts';
import { type Draft, drafts, subscribe } from '../../doubles/shop/subscriptions.ts';
import { deploymentOf, laneOf } from './deployment.ts';
import { type Services, startServices } from './support.ts';

describe('the doctor, of the subscriptions at commercetools,', () => {
  let services: Services;

  beforeAll(async () => {
    services = await startServices();
  });

  beforeEach(() => services.shop.reset());

  afterAll(() => services.stop());

  const failures = (checks: Check[]) => checks.filter(({ status }) => status === 'failed');

  const examine = (deployment: Partial<Deployment> = {}) =>
    commercetoolsChecks(readConfiguration(services.environment), { ...deploymentOf(NAME), ...deployment });

  const isOf = (type: string, { key }: Draft) => key === `${NAME}-${type}`;

  /** The subscriptions as they should be, one type's changed. */
  const subscribeBut = (type: string, change: (draft: Draft) => Draft[]) =>
    subscribe(
      services.shop,
      drafts().flatMap((draft) => (isOf(type, draft) ? change(draft) : [draft])),
    );

  test('says honestly that it may not read the subscriptions', async () => {
    services.shop.faults.add({
      match: ({ path }) => path.includes('/subscriptions'),
      effect: { kind: 'status', status: 403 },
    });

    const checks = await examine();

    expect(failures(checks)).toEqual([]);
    expect(checks.at(-1)).toMatchObject({
      name: 'commercetools subscriptions',
      status: 'warning',
      advice: expect.stringContaining('manage_subscriptions'),
    });
  });

  test.each<[string, string, (draft: Draft) => Draft[], string, string]>([
    ['is missing', 'order', () => [], 'does not exist', '--skip order'],
    [
      'publishes to another topic',
      'order',
      (draft) => [{ ...draft, destination: { ...draft.destination, topic: 'another' } }],
      'publishes to demo/another, not to klaviyo-sync',
      'terraform apply',
    ],
    [
      'publishes to another queue',
      'order',
      (draft) => [{ ...draft, destination: Object({ type: 'SQS', queueUrl: 'https://sqs.example.org/1/sync' }) }],
      'publishes to SQS, not to klaviyo-sync',
      'terraform apply',
    ],
    [
      'lacks messages',
      'order',
      (draft) => [{ ...draft, messages: [{ resourceTypeId: 'order', types: ['OrderCreated'] }] }],
      'lacks the messages OrderCreatedFromRecurringOrder, OrderImported, OrderCustomerSet, OrderCustomerEmailSet, OrderStateChanged, ParcelAddedToDelivery, ParcelTrackingDataUpdated, DeliveryAdded, OrderShipmentStateChanged, ReturnInfoAdded, ReturnInfoSet, OrderReturnShipmentStateChanged',
      'terraform apply',
    ],
    ['lacks the changes', 'customer', (draft) => [{ ...draft, changes: [] }], 'lacks the changes', 'terraform apply'],
  ])('finds that a subscription %s', async (_, type, change, detail, advice) => {
    await subscribeBut(type, change);

    expect(failures(await examine())).toEqual([
      {
        name: `commercetools subscription ${NAME}-${type}`,
        status: 'failed',
        detail,
        advice: expect.stringContaining(advice),
      },
    ]);
  });

  test('finds that a subscription is not delivering', async () => {
    const ill = drafts().map((draft) => ({
      ...draft,
      status: isOf('order', draft) ? 'ConfigurationError' : 'Healthy',
    }));
    services.shop.faults.add({
      match: ({ path }) => path.includes('/subscriptions'),
      effect: { kind: 'status', status: 200, body: { results: ill } },
    });

    expect(failures(await examine())).toMatchObject([
      { detail: 'is not delivering: ConfigurationError', advice: expect.stringContaining('publisher of the topic') },
    ]);
  });

  test('takes a subscription to all messages of its resource for complete', async () => {
    await subscribeBut('order', (draft) => [{ ...draft, messages: [{ resourceTypeId: 'order', types: [] }] }]);

    expect(failures(await examine())).toEqual([]);
  });

  test('expects what is of the catalog in the second lane, where there is one', async () => {
    const lanes = [laneOf(NAME), laneOf(`${NAME}-catalog`, 'catalog')] as const;
    await subscribeBut('product', (draft) => [
      { ...draft, destination: { ...draft.destination, topic: `${NAME}-catalog` } },
    ]);

    const astray = failures(await examine({ lanes })).map(({ name, detail }) => [name, detail]);

    expect(astray).toEqual(
      ['category', 'standalone-price', 'inventory-entry', 'review'].map((type) => [
        `commercetools subscription ${NAME}-${type}`,
        `publishes to demo/${NAME}, not to ${NAME}-catalog`,
      ]),
    );
  });

  test('does not miss a subscription that is left out on purpose', async () => {
    await subscribeBut('payment', () => []);

    expect(failures(await examine({ skip: ['payment'] }))).toEqual([]);
  });
});
