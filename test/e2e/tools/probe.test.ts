import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tool } from '../../../tools/operator/probe.ts';
import { ACCOUNT_NAME } from '../../doubles/klaviyo/accounts.ts';
import { type Services, startServices } from './support.ts';

describe('the probe', () => {
  let services: Services;

  beforeAll(async () => {
    services = await startServices({ KLAVIYO_AUTH_KEY: 'pk_of_the_shop' });
  });

  beforeEach(() => services.klaviyo.reset());

  afterAll(() => services.stop());

  const CONFIRMED = ['--account', ACCOUNT_NAME, '--yes', '--key-ends', 'dbox'];
  const HASTE = ['--patience', '5', '--settle', '0'];

  const run = (...args: string[]) => services.run(tool, args, { KLAVIYO_PROBE_KEY: services.klaviyo.apiKey });

  test('finds that the stand-in does what is assumed, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await run(...CONFIRMED, ...HASTE);
    console.log(stdout, stderr, code);
    expect(services.klaviyo.violations).toEqual([]);
    expect(services.klaviyo.state.profiles.size).toBe(0);
  });
});
