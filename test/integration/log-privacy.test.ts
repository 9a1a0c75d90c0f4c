import { afterAll, describe, expect, test } from 'vitest';
import type { FaultTarget } from '../doubles/faults.ts';
import { PERSONAL_VALUES, personalValuesIn, toldIn } from '../doubles/personal.ts';
import { collectCredentials } from '../doubles/sent-requests.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture, fixtureNames, fixtureText, invalidFixtureFiles } from '../fixtures/index.ts';
import { created, updated } from './notifications.ts';
import { functionForAll } from './support.ts';
import { TRANSIENT } from './transient.ts';

const { klaviyo, shop, push, post, log } = await functionForAll();

const [lena, jordan] = seeded('customer');
if (!lena || !jordan) throw new Error('The seed lacks customers');

const { credentials: tokens, stop } = collectCredentials();
afterAll(stop);

/** The log as it was written, searched for everything that must not be in it, in any case. */
function expectNothingPrivate(): void {
  const text = JSON.stringify(log);
  const secrets = [...tokens, klaviyo.apiKey, shop.clientSecret];
  expect(toldIn(text, [...PERSONAL_VALUES, ...personalValuesIn(klaviyo.requests), ...secrets])).toEqual([]);
  expect(text).not.toMatch(/bearer|klaviyo-api-key|authorization/i);
}

const status = (code: number, detail?: string) =>
  ({ kind: 'status', status: code, body: detail && { errors: [{ code: 'invalid', detail }] } }) as const;

describe('the log never tells who somebody is, nor a secret', () => {
  test('when all goes well', async () => {
    for (const name of fixtureNames()) await push(fixture(name));
    expect(tokens.size).toBeGreaterThan(0);
    expect(log).toHaveLength(fixtureNames().length);
    expectNothingPrivate();
  });

  test('when nothing can be read', async () => {
    for (const file of invalidFixtureFiles()) await push(fixtureText(file));
    for (const body of [
      '{"email":"lena.brandt@example.org",',
      'lena.brandt@example.org',
      '"lena.brandt@example.org"',
    ]) {
      await post(body);
      await post(body, { 'content-type': 'text/plain' });
      await push(body);
    }
    await post(fixture('CustomerCreated'));
    await push({ ...created(lena), customer: { ...lena, email: { address: lena.email }, addresses: [lena.email] } });
    expectNothingPrivate();
  });

  test.each([
    ...TRANSIENT.slice(0, 2),
    ...TRANSIENT.slice(-2),
    ...[400, 401, 403, 404, 409, 500].map((code) => [String(code), status(code)] as const),
  ])('when both sides answer with %s', async (_, effect) => {
    for (const side of [klaviyo, shop]) {
      side.faults.add({ times: Infinity, effect });
      await Promise.all(
        ['CustomerCreated', 'OrderCreated', 'ResourceUpdated.customer'].map((name) => push(fixture(name))),
      );
      side.faults.clear();
    }
    expect(log).toHaveLength(6);
    expectNothingPrivate();
  });

  test.each([
    ['as it was sent', 'Invalid address lena.brandt@example.org of Lena Brandt.'],
    ['in other letters', 'Invalid address LENA.BRANDT@EXAMPLE.ORG of LENA BRANDT.'],
  ])('when Klaviyo repeats what it was sent, %s', async (_, detail) => {
    klaviyo.faults.add({ times: Infinity, effect: status(400, detail) });

    expect(await push(fixture('CustomerCreated'))).toBe(500);
    expect(await push(updated(lena))).toBe(500);
    expectNothingPrivate();
  });

  test('when Klaviyo repeats what it was asked', async () => {
    await push(updated(lena));
    await push(updated(jordan));
    await shop.put('customer', { ...lena, email: jordan.email });
    const match = ({ method }: FaultTarget) => method === 'GET';
    const detail = `The filter equals(email,"${jordan.email}") is not valid.`;
    klaviyo.faults.add({ match, times: Infinity, effect: status(400, detail) });

    expect(await push(updated(lena))).toBe(500);
    expectNothingPrivate();
  });

  test('when commercetools repeats what it was asked', async () => {
    const body = { statusCode: 400, message: lena.email, errors: [{ code: 'InvalidInput', message: lena.email }] };
    shop.faults.add({ times: Infinity, effect: { kind: 'status', status: 400, body } });

    expect(await push(fixture('ResourceUpdated.customer'))).toBe(500);
    expectNothingPrivate();
  });
});
