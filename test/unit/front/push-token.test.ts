import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushTokenCheck } from '../../../shared/front/push-token.ts';
import { createFaults } from '../../doubles/faults.ts';
import { type SandboxServer, startServer } from '../../doubles/http.ts';
import type { Fields } from '../factories.ts';
import { rejectionOf } from '../support.ts';

const pusher = { audience: 'https://sync.example.org', serviceAccount: 'push@demo.iam.gserviceaccount.com' };
const google = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const now = Math.floor(Date.now() / 1000);

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The header with a token as Pub/Sub sends it, with other claims where they are given. */
function bearer(claims: Fields = {}, { privateKey } = google): string {
  const { audience: aud, serviceAccount: email } = pusher;
  const usual = {
    iss: 'https://accounts.google.com',
    aud,
    email,
    email_verified: true,
    iat: now - 10,
    exp: now + 3000,
  };
  const signed = `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${part({ ...usual, ...claims })}`;
  return `Bearer ${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

let certificates: SandboxServer;
beforeAll(async () => {
  const body = { k1: google.publicKey.export({ type: 'spki', format: 'pem' }) };
  const headers = { 'cache-control': 'public, max-age=3600' };
  certificates = await startServer(() => ({ status: 200, body, headers }), { faults: createFaults() });
});
afterAll(() => certificates.stop());

const check = (header?: string) => pushTokenCheck(pusher, certificates.url)(header);

describe('a push is let in', () => {
  it('with the token that Pub/Sub sends', async () => {
    expect(await check(bearer())).toBe(true);
  });

  it('after the certificates were asked for once', async () => {
    const isPubSub = pushTokenCheck(pusher, certificates.url);
    const before = certificates.served;
    for (let push = 0; push < 3; push++) expect(await isPubSub(bearer())).toBe(true);
    expect(certificates.served).toBe(before + 1);
  });

  it.each([
    ['without a token', undefined],
    ['with another scheme', 'Basic eDp5'],
    ['with what is no token', 'Bearer x.y.z'],
    ['of another account', bearer({ email: 'push@other.iam.gserviceaccount.com' })],
    ['of an address that nobody has verified', bearer({ email_verified: false })],
    ['for another audience', bearer({ aud: 'https://other.example.org' })],
    ['of another issuer', bearer({ iss: 'https://issuer.example.org' })],
    ['that has expired', bearer({ iat: now - 8000, exp: now - 4000 })],
    ['that somebody else has signed', bearer({}, other)],
  ])('not %s', async (_, header) => {
    expect(await check(header)).toBe(false);
  });

  it('nobody knows whether, without Google’s certificates', async () => {
    const isPubSub = pushTokenCheck(pusher, 'http://127.0.0.1:1/certificates');
    expect(await rejectionOf(isPubSub(bearer()))).toBeInstanceOf(Error);
  });
});
