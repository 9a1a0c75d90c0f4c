import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../shared/config/environment.ts';
import type { Check } from '../../../tools/operator/doctor/check.ts';
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

  const examine = (variables: Record<string, string> = {}) =>
    Promise.all(checkKlaviyo(readConfiguration({ ...services.environment, ...variables })));

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
    services.klaviyo.faults.add({
      match: (request) => request.path.includes(path),
      effect: { kind: 'status', status: 403 },
    });

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
