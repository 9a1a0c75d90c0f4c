import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { fixture } from '../fixtures/index.ts';
import { functionForAll } from './support.ts';
import { NOTIFICATIONS } from './transient.ts';

const { klaviyo, shop, push } = await functionForAll();

test('many messages, one after the other, use one connection a side', async () => {
  for (let count = 0; count < 20; count++) expect(await push(fixture('ResourceCreated.inventory-entry'))).toBe(204);

  for (const { requests } of [klaviyo, shop]) {
    expect(requests.length).toBeGreaterThanOrEqual(20);
    expect(new Set(requests.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2);
  }
});

test('many messages at once use no more connections than calls are made side by side', async () => {
  for (let round = 0; round < 5; round++) await Promise.all(NOTIFICATIONS.map((one) => push(one)));

  const connections = new Set(klaviyo.requests.map(({ connection }) => connection));
  expect(connections.size).toBeLessThan(klaviyo.requests.length / 3);
});

test('both sides are told the project and its version', async () => {
  for (const one of NOTIFICATIONS) await push(one);
  const agents = [...klaviyo.requests, ...shop.requests].map(({ userAgent }) => userAgent);

  expect(new Set(agents)).toEqual(new Set([`${manifest.name}/${manifest.version}`]));
});
