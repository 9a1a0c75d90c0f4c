import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Configuration, readConfiguration } from '../../../shared/config/environment.ts';
import type { Check } from '../../../tools/doctor/check.ts';
import type { Deployment } from '../../../tools/doctor/deployment.ts';
import { commercetoolsChecks } from '../../../tools/doctor/diagnose.ts';
import { checkKlaviyo } from '../../../tools/doctor/klaviyo.ts';
import { type Draft, deploymentOf, drafts, RESOURCE_TYPES, subscribe } from './deployment.ts';
import { type Services, startServices } from './support.ts';

const NAME = 'klaviyo-sync';

describe('the doctor', () => {
  let services: Services;

  beforeAll(async () => {
    services = await startServices();
  });

  beforeEach(async () => {
    services.klaviyo.reset();
    await services.shop.reset();
  });

  afterAll(() => services.stop());

  const configuration = (variables: Record<string, string> = {}): Configuration =>
    readConfiguration([], { ...services.environment, ...variables });

  const refuse = (from: 'shop' | 'klaviyo', path: string) =>
    services[from].faults.add({
      match: (request) => request.path.includes(path),
      effect: { kind: 'status', status: 403 },
    });

  const failures = (checks: Check[]) => checks.filter(({ status }) => status === 'failed');

  describe('at commercetools', () => {
    const examine = (variables: Record<string, string> = {}, deployment: Partial<Deployment> = {}) =>
      commercetoolsChecks(configuration(variables), { ...deploymentOf(NAME), ...deployment });

    const isOf = (type: string, { key }: Draft) => key === `${NAME}-${type}`;

    /** The subscriptions as they should be, one type's changed. */
    const subscribeBut = (type: string, change: (draft: Draft) => Draft[]) =>
      subscribe(
        services,
        drafts(NAME).flatMap((draft) => (isOf(type, draft) ? change(draft) : [draft])),
      );

    test('finds nothing wrong with everything in place', async () => {
      await subscribe(services, drafts(NAME));

      const checks = await examine();

      expect(checks.map(({ status }) => status)).toEqual(checks.map(() => 'ok'));
      expect(checks.map(({ name }) => name)).toEqual([
        'commercetools credentials',
        'commercetools scope view_customers',
        'commercetools scope view_orders',
        'commercetools scope view_payments',
        'commercetools scope view_products',
        'commercetools scope view_published_products',
        ...RESOURCE_TYPES.map((type) => `commercetools subscription ${NAME}-${type}`),
      ]);
    });

    test('finds credentials that are refused, and tries no more', async () => {
      expect(await examine({ CT_API_CLIENT: '{"clientId":"demo-client","secret":"old"}' })).toEqual([
        {
          name: 'commercetools credentials',
          status: 'failed',
          detail: 'no token (status 401)',
          advice: expect.stringContaining('CT_API_CLIENT'),
        },
      ]);
    });

    test('finds that nobody answers', async () => {
      expect(await examine({ CT_AUTH_URL: 'http://127.0.0.1:1' })).toMatchObject([
        { status: 'failed', detail: expect.stringContaining('did not answer') },
      ]);
    });

    test.each([
      ['view_customers', '/customers?'],
      ['view_orders', '/orders?'],
      ['view_payments', '/payments?'],
      ['view_products', '/inventory?'],
      ['view_published_products', '/product-projections?'],
    ])('finds that the scope %s is missing', async (scope, path) => {
      await subscribe(services, drafts(NAME));
      refuse('shop', path);

      expect(failures(await examine())).toEqual([
        {
          name: `commercetools scope ${scope}`,
          status: 'failed',
          detail: 'refused (status 403)',
          advice: expect.stringContaining(`${scope}:demo-shop`),
        },
      ]);
    });

    test('says honestly that it may not read the subscriptions', async () => {
      refuse('shop', '/subscriptions');

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
        'publishes to demo/another, not to this topic',
        'terraform apply',
      ],
      [
        'lacks messages',
        'order',
        (draft) => [{ ...draft, messages: [{ resourceTypeId: 'order', types: ['OrderCreated'] }] }],
        'lacks the messages OrderImported, OrderCustomerSet, OrderStateChanged',
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
      const ill = drafts(NAME).map((draft) => ({
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

    test('does not miss a subscription that is left out on purpose', async () => {
      await subscribeBut('payment', () => []);

      expect(failures(await examine({}, { skip: ['payment'] }))).toEqual([]);
    });
  });

  describe('at Klaviyo', () => {
    const examine = (variables: Record<string, string> = {}) => Promise.all(checkKlaviyo(configuration(variables)));

    test('finds nothing wrong with a key that may do all, and writes nothing', async () => {
      const checks = await examine();

      expect(checks.map(({ name, status }) => [name, status])).toEqual([
        ['Klaviyo key: profiles', 'ok'],
        ['Klaviyo key: events', 'ok'],
        ['Klaviyo key: catalogs', 'ok'],
      ]);
      expect(new Set(services.klaviyo.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
      expect(services.klaviyo.violations).toEqual([]);
    });

    test('finds a key that is refused', async () => {
      expect(failures(await examine({ KLAVIYO_AUTH_KEY: 'pk_old' }))[0]).toMatchObject({
        detail: 'the key is refused',
        advice: expect.stringContaining('KLAVIYO_AUTH_KEY'),
      });
    });

    test.each([
      ['profiles', '/api/profiles'],
      ['events', '/api/events'],
      ['catalogs', '/api/catalog-items'],
    ])('finds that the key lacks %s', async (scope, path) => {
      refuse('klaviyo', path);

      expect(failures(await examine())).toEqual([
        {
          name: `Klaviyo key: ${scope}`,
          status: 'failed',
          detail: 'the key lacks this scope',
          advice: expect.stringContaining('full access to profiles, events and catalogs'),
        },
      ]);
    });
  });
});
