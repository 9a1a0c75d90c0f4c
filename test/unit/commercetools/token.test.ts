import { describe, expect, it } from 'vitest';
import { CredentialsError, RetryableError } from '../../../shared/errors.ts';
import type { Effect } from '../../doubles/faults.ts';
import { rejectionOf } from '../support.ts';
import { FOREVER, faultyShop, isToken, LENA, ORDER, status } from './support.ts';

const { local, reads, tokens, readUnder } = faultyShop('tokens');

describe('a token', () => {
  it('is fetched once for all who wait for it', async () => {
    const { customers } = local.reader();
    await Promise.all(Array.from({ length: 10 }, () => customers.byId(LENA)));
    expect([reads(), tokens()]).toEqual([10, 1]);
  });

  it.each<[string, Effect]>([
    ['429', status(429)],
    ['500', status(500)],
    ['a reset', { kind: 'reset' }],
    ['no answer in time', { kind: 'hang' }],
    ['HTML in place of JSON', { kind: 'garbage', applied: false }],
  ])('survives %s', async (_, effect) => {
    expect(await readUnder(effect)).toMatchObject({ id: ORDER });
    expect(tokens()).toBe(2);
  });

  it.each([400, 401, 403])('that is refused with %i wakes somebody at once', async (code) => {
    const error = await rejectionOf(readUnder(status(code), FOREVER));
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ status: code });
    expect(String(error)).toContain('CT_API_CLIENT');
    expect([reads(), tokens()]).toEqual([0, 1]);
  });

  it('is waited for as long as commercetools asks', async () => {
    const started = Date.now();
    expect(await readUnder(status(429, { retryAfter: 1 }))).toMatchObject({ id: ORDER });
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
  });

  it('that cannot be had fails everybody who waits for it', async () => {
    local.shop.faults.add({ effect: { kind: 'hang' }, times: FOREVER, match: isToken });
    const { customers } = local.reader({ limits: { requestSeconds: 0.2 } });
    const errors = await Promise.all(Array.from({ length: 5 }, () => rejectionOf(customers.byId(LENA))));
    expect(errors.every((error) => error instanceof RetryableError)).toBe(true);
  });
});
