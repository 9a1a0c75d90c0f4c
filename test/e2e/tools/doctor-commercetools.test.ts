import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';
import type { Check } from '../../../tools/operator/doctor/check.ts';
import { commercetoolsChecks } from '../../../tools/operator/doctor/diagnose.ts';
import { NAME } from '../../doubles/pubsub/client.ts';
import { drafts, subscribe } from '../../doubles/shop/subscriptions.ts';
import { deploymentOf, RESOURCE_TYPES } from './deployment.ts';
import { type Services, startServices } from './support.ts';

describe('the doctor, at commercetools,', () => {
  let services: Services;

  beforeAll(async () => {
    services = await startServices();
  });

  beforeEach(() => services.shop.reset());

  afterAll(() => services.stop());

  const refuse = (path: string) =>
    services.shop.faults.add({
      match: (request) => request.path.includes(path),
      effect: { kind: 'status', status: 403 },
    });

  const failures = (checks: Check[]) => checks.filter(({ status }) => status === 'failed');

  const examine = (variables: Record<string, string> = {}) =>
    commercetoolsChecks(readConfiguration({ ...services.environment, ...variables }), deploymentOf(NAME));

  test('finds nothing wrong with everything in place', async () => {
    await subscribe(services.shop, drafts());

    const checks = await examine();

    expect(checks.map(({ status }) => status)).toEqual(checks.map(() => 'ok'));
    expect(checks.map(({ name }) => name)).toEqual([
      'commercetools credentials',
      'commercetools scope view_customer_groups',
      'commercetools scope view_customers',
      'commercetools scope view_discount_codes',
      'commercetools scope view_orders',
      'commercetools scope view_payments',
      'commercetools scope view_products',
      'commercetools scope view_published_products',
      'commercetools scope view_standalone_prices',
      'commercetools scope view_types',
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
    ['view_customers', '/customers?', 'profiles of customers, erasure of profiles, placed orders'],
    ['view_orders', '/orders?', 'placed orders, fulfilled and cancelled orders, refunds'],
    ['view_payments', '/payments?', 'refunds'],
    ['view_products', '/inventory?', 'categories and products, Standalone prices, stock, ratings'],
    ['view_published_products', '/product-projections?', 'placed orders'],
    ['view_standalone_prices', '/standalone-prices?', 'Standalone prices'],
  ])('finds that the scope %s is missing, and tells what needs it', async (scope, path, names) => {
    await subscribe(services.shop, drafts());
    refuse(path);

    expect(failures(await examine())).toEqual([
      {
        name: `commercetools scope ${scope}`,
        status: 'failed',
        detail: 'refused (status 403)',
        advice: expect.stringMatching(new RegExp(`${scope}:demo-shop .*: needed for ${names}`)),
      },
    ]);
  });

  test('warns of a scope that is worth having', async () => {
    await subscribe(services.shop, drafts());
    refuse('/types?');

    const checks = await examine();

    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([
      {
        name: 'commercetools scope view_types',
        status: 'warning',
        detail: 'refused (status 403): the custom fields of a former type are not cleared',
        advice: expect.stringContaining('view_types:demo-shop'),
      },
    ]);
  });

  test('asks only what is switched on', async () => {
    const names = (await examine({ KLAVIYO_SYNC_SETTINGS: '{"handlers":{"disabled":["refund","customer"]}}' })).map(
      ({ name }) => name,
    );
    expect(names).toContain('commercetools scope view_customers');
    expect(names).not.toContain('commercetools scope view_payments');
    expect(names).not.toContain('commercetools scope view_types');
  });
});
