import { describe, expect, it } from 'vitest';
import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { CredentialsError, InvalidMessageError, PermanentError, RetryableError } from '../../../shared/errors.ts';
import type { Effect } from '../../doubles/faults.ts';
import { rejectionOf } from '../support.ts';
import { FOREVER, faultyShop, isRead, LENA, ORDER, status } from './support.ts';

const { local, reads, tokens, readUnder } = faultyShop('reads');

describe('a read', () => {
  it('gives the resource, with one request and one token', async () => {
    expect(await local.reader().customers.byId(LENA)).toMatchObject({ id: LENA, email: 'lena.brandt@example.org' });
    expect([reads(), tokens()]).toEqual([1, 1]);
  });

  it('gives nothing when commercetools says that the resource does not exist', async () => {
    expect(await local.reader().customers.byId('c0500000-0000-4000-8000-000000000099')).toBeUndefined();
    expect(reads()).toBe(1);
  });

  it('names itself', async () => {
    await local.reader().customers.byId(LENA);
    const agents = local.shop.requests.map(({ userAgent }) => userAgent);
    expect(agents).toEqual(agents.map(() => expect.stringMatching(/^commercetools-klaviyo-sync\/\d/)));
  });

  it('counts its calls', async () => {
    const attempt = newAttempt(10_000);
    await runAttempt(attempt, () => readUnder(status(503)));
    expect(attempt.calls).toEqual({ commercetools: 3, klaviyo: 0 });
  });

  it.each<[string, Effect]>([
    ['408', status(408)],
    ['429', status(429)],
    ['500', status(500)],
    ['502 of somebody in between', status(502, { body: '<html>' })],
    ['503', status(503)],
    ['404 of somebody in between', status(404, { body: '<html>' })],
    ['a reset', { kind: 'reset' }],
    ['a lost reply', { kind: 'lost-reply' }],
    ['no answer in time', { kind: 'hang' }],
    ['HTML in place of JSON', { kind: 'garbage', applied: false }],
    ['JSON that was cut', { kind: 'garbage', applied: true, truncated: true }],
    ['502 with null for a body', status(502, { body: 'null' })],
    ['200 without a body', status(200, { body: '' })],
    ['200 with null for a body', status(200, { body: 'null' })],
    ['200 with a list for a body', status(200, { body: '[]' })],
  ])('survives %s', async (_, effect) => {
    expect(await readUnder(effect)).toMatchObject({ id: ORDER });
    expect(reads()).toBe(2);
  });

  it.each<[string, Effect, object]>([
    ['503', status(503), { status: 503, code: 'Injected' }],
    ['a reset', { kind: 'reset' }, { code: expect.any(String) }],
    ['no answer in time', { kind: 'hang' }, {}],
    ['HTML in place of JSON', { kind: 'garbage', applied: false }, {}],
  ])('fails for now after a few tries of %s', async (_, effect, details) => {
    const attempt = newAttempt(60_000);
    const error = await rejectionOf(runAttempt(attempt, () => readUnder(effect, FOREVER)));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toMatchObject(details);
    // By what we count, with the call for the token: a try on a connection that was reset may never arrive.
    expect(attempt.calls.commercetools).toBe(4);
  });

  it('waits as long as commercetools asks', async () => {
    const started = Date.now();
    expect(await readUnder(status(429, { retryAfter: 1 }))).toMatchObject({ id: ORDER });
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
  });

  it('fails for good when what it asks for is longer than a URL', async () => {
    const error = await rejectionOf(local.reader().customers.byId('x'.repeat(20_000)));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({ status: 414 });
    expect(String(error).length).toBeLessThan(11_000);
    expect(reads()).toBe(0);
  });

  it('fails for good when commercetools refuses the request', async () => {
    const error = await rejectionOf(readUnder(status(400), FOREVER));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({ status: 400, code: 'Injected' });
    expect(reads()).toBe(1);
  });

  it.each([
    '',
    'null',
    '{"message":"no Route matched with those values"}',
    '{"statusCode":404,"message":"URI not found","errors":[]}',
  ])('does not take a resource for gone when 404 is about something else: %s', async (body) => {
    const error = await rejectionOf(readUnder(status(404, { body }), FOREVER));
    expect(error).toBeInstanceOf(RetryableError);
    expect(String(error)).toMatch(/CT_API_URL.*CT_PROJECT_ID/);
  });

  it.each([undefined, '5', '{"message":{}}'])('wakes somebody at once on 403, with the body %s', async (body) => {
    const error = await rejectionOf(readUnder(status(403, { body }), FOREVER));
    expect(error).toBeInstanceOf(CredentialsError);
    expect(String(error)).toMatch(/CT_API_CLIENT.*CT_SCOPE/);
    expect(reads()).toBe(1);
  });

  it('fetches a new token when the old one is refused', async () => {
    expect(await readUnder(status(401))).toMatchObject({ id: ORDER });
    expect([reads(), tokens()]).toEqual([2, 2]);
  });

  it('wakes somebody when the new token is refused as well', async () => {
    expect(await rejectionOf(readUnder(status(401), FOREVER))).toBeInstanceOf(CredentialsError);
    expect(reads()).toBe(2);
  });

  it('is refused when the resource lacks what is needed, by path and without values', async () => {
    const error = await rejectionOf(readUnder(status(200, { body: { id: ORDER, createdAt: 4711 } })));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(String(error)).toMatch(new RegExp(`order ${ORDER} in commercetools.*createdAt`));
    expect(String(error)).not.toContain('4711');
  });

  it('ends at the deadline of the attempt', async () => {
    local.shop.faults.add({ effect: { kind: 'hang' }, times: FOREVER, match: isRead });
    const started = Date.now();
    const reading = runAttempt(newAttempt(400), () => local.reader().customers.byId(LENA));
    expect(await rejectionOf(reading)).toBeInstanceOf(RetryableError);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('says so when the attempt has no time left', async () => {
    const { customers } = local.reader();
    await customers.byId(LENA);
    const reading = runAttempt(newAttempt(0), () => customers.byId(LENA));
    expect(await rejectionOf(reading)).toMatchObject({ code: 'DEADLINE' });
  });
});
