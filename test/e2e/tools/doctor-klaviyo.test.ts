import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';
import type { Check } from '../../../tools/operator/doctor/check.ts';
import type { Feature } from '../../../tools/operator/doctor/feature.ts';
import { FEATURES } from '../../../tools/operator/doctor/features.ts';
import { checkKlaviyo } from '../../../tools/operator/doctor/klaviyo.ts';
import { type Services, startServices } from './support.ts';

describe('the doctor, at Klaviyo,', () => {
  let services: Services;

  beforeAll(async () => {
    services = await startServices();
  });

  beforeEach(() => services.klaviyo.reset());

  afterAll(() => services.stop());

  const failures = (checks: Check[]) => checks.filter(({ status }) => status === 'failed');

  const examine = (variables: Record<string, string> = {}, features: readonly Feature[] = FEATURES) =>
    Promise.all(checkKlaviyo(readConfiguration({ ...services.environment, ...variables }), features));

  const withSettings = (settings: object) => examine({ KLAVIYO_SYNC_SETTINGS: JSON.stringify(settings) });

  const refuse = (path: string, status = 403) =>
    services.klaviyo.faults.add({
      match: (request) => request.path.includes(path),
      effect: { kind: 'status', status },
    });

  test('finds nothing wrong with a key that may do all, and writes nothing', async () => {
    const checks = await examine();

    expect(checks.map(({ name, status }) => [name, status])).toEqual([
      ['Klaviyo key: catalogs', 'ok'],
      ['Klaviyo key: data-privacy', 'ok'],
      ['Klaviyo key: events', 'ok'],
      ['Klaviyo key: profiles', 'ok'],
      ['Klaviyo metrics', 'ok'],
    ]);
    expect(checks[3]?.detail).toContain('profiles:write');
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
    ['profiles', '/api/profiles', 'profiles of customers, erasure of profiles, placed orders'],
    ['events', '/api/events', 'placed orders, fulfilled and cancelled orders, refunds'],
    ['catalogs', '/api/catalog-items', 'categories and products, Standalone prices, stock, ratings'],
  ])('finds that the key lacks %s, and tells what needs it', async (area, path, names) => {
    refuse(path);

    expect(failures(await examine())).toEqual([
      {
        name: `Klaviyo key: ${area}`,
        status: 'failed',
        detail: 'the key lacks this scope',
        advice: expect.stringContaining(`full access to ${area}, for KLAVIYO_AUTH_KEY: needed for ${names}`),
      },
    ]);
  });

  test('asks only what is switched on', async () => {
    const shipments = ['shipment', 'delivery', 'shipment-state', 'return', 'return-state'];
    const orders = ['erasure', 'order-placed', 'order-state', 'refund', ...shipments];
    const checks = await withSettings({ handlers: { disabled: orders } });
    expect(checks.map(({ name }) => name)).toEqual(['Klaviyo key: catalogs', 'Klaviyo key: profiles']);

    const events = await withSettings({ handlers: { disabled: orders }, reviews: { events: true } });
    expect(events.map(({ name }) => name)).toContain('Klaviyo key: events');
  });

  describe('of a feature that needs more', () => {
    const more = (klaviyo: Feature['klaviyo']): Feature[] => [
      { name: 'consent', handlers: ['customer'], commercetools: [], klaviyo },
    ];

    test('tries lists and subscriptions', async () => {
      const checks = await examine({}, more(['lists:write', 'subscriptions:write']));
      expect(checks.map(({ name, status }) => [name, status])).toEqual([
        ['Klaviyo key: lists', 'ok'],
        ['Klaviyo key: subscriptions', 'ok'],
      ]);
      expect(services.klaviyo.violations).toEqual([]);
    });

    test('says honestly what cannot be tried without writing', async () => {
      expect(await examine({}, more(['data-privacy:write']))).toEqual([
        {
          name: 'Klaviyo key: data-privacy',
          status: 'ok',
          detail:
            'not checked, as nothing can be read. Make sure that the key has data-privacy:write: needed for consent.',
        },
      ]);
    });
  });

  describe('of metrics', () => {
    const metrics = (checks: Check[]) => checks.find(({ name }) => name === 'Klaviyo metrics');

    test('warns of one that is mapped to nothing, or to another, by the names of the settings', async () => {
      services.klaviyo.state.mappedMetrics.set('refunded_sales', null).delete('cancelled_sales');

      expect(metrics(await withSettings({ metrics: { placedOrder: 'Bought' } }))).toMatchObject({
        status: 'warning',
        detail:
          'revenue is Placed Order, not Bought; cancelled_sales is nothing, not Cancelled Order; refunded_sales is nothing, not Refunded Order',
        advice: expect.stringContaining('lifetime value'),
      });
    });

    test('does not miss what is switched off', async () => {
      services.klaviyo.state.mappedMetrics.set('refunded_sales', null);

      expect(metrics(await withSettings({ handlers: { disabled: ['refund'] } }))?.status).toBe('ok');
    });

    test('says honestly that it may not read them', async () => {
      refuse('/api/mapped-metrics');

      expect(metrics(await examine())).toMatchObject({
        status: 'warning',
        detail: 'not checked: status 403',
        advice: expect.stringContaining('read access to metrics'),
      });
    });
  });
});
