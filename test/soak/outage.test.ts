import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../tools/soak/expected/index.ts';
import { type Fleet, startFleet } from '../../tools/soak/fleet.ts';
import { createTimeMachine } from '../../tools/soak/outage.ts';
import { retryWindow, terraformPolicy } from '../../tools/soak/policy.ts';
import { createRandom } from '../../tools/soak/random.ts';
import { SWITCHED_ON, settingsOf } from '../../tools/soak/settings.ts';
import { createTraffic } from '../../tools/soak/shop/index.ts';
import { type ShopServer, startShopServer } from '../../tools/soak/shop/server.ts';
import { createState } from '../../tools/soak/shop/state.ts';
import { functionVariables } from '../doubles/environment.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../doubles/klaviyo/server.ts';

const DAY = 24 * 3600;
const CHANGES = 30;
const policy = terraformPolicy();

describe('the retry window', () => {
  it('is the sum of the pauses that Terraform sets, as its README says', () => {
    const readme = readFileSync(new URL('../../terraform/README.md', import.meta.url), 'utf8').replaceAll(
      '\u202f',
      ' ',
    );
    const row = new RegExp(`\\| \\*\\*${policy.maxDeliveryAttempts}\\*\\*.*?\\| ([\\d ]+) s, ([\\d.]+) hours`).exec(
      readme,
    );
    const [, seconds = '', hours] = row ?? [];
    expect(Number(seconds.replaceAll(' ', ''))).toBe(retryWindow(policy));
    expect(Number(hours)).toBeCloseTo(retryWindow(policy) / 3600, 1);
  });
});

describe('when Klaviyo refuses everything for a day', () => {
  const state = createState();
  const random = createRandom(5);
  let shop: ShopServer;
  let klaviyo: KlaviyoStandIn;
  let fleet: Fleet;
  let machine: ReturnType<typeof createTimeMachine>;
  let env: Record<string, string>;

  beforeAll(async () => {
    shop = await startShopServer(state);
    klaviyo = await startKlaviyo();
    env = { ...functionVariables(shop, klaviyo), KLAVIYO_SYNC_SETTINGS: JSON.stringify(SWITCHED_ON) };
    fleet = await startFleet({ processes: 1, env });
    machine = createTimeMachine(fleet.urls[0] ?? '', policy);
  });

  afterAll(async () => {
    machine?.stop();
    await fleet?.stop();
    await klaviyo?.stop();
    await shop?.stop();
  });

  it('gives up what failed for the whole window, to the second, and keeps the rest', async () => {
    // Retry-After ends an attempt at once: a plain 503 is tried three times first, which only takes longer.
    const down = { kind: 'status', status: 503, retryAfter: 3600 } as const;
    klaviyo.faults.add({ times: Number.POSITIVE_INFINITY, effect: down });
    publishOver(DAY);
    await machine.runUntil(DAY);

    const asking = machine.messages.filter(({ state }) => state !== 'acknowledged');
    const dead = asking.filter(({ state }) => state === 'dead');
    expect(dead.length, 'given up').toBeGreaterThan(CHANGES / 10);
    for (const { firstAttempt = 0, lastAttempt = 0, attempts } of dead) {
      expect(attempts).toBe(policy.maxDeliveryAttempts);
      expect(lastAttempt - firstAttempt).toBe(retryWindow(policy));
    }
    const early = asking.filter(({ publishedAt }) => publishedAt + retryWindow(policy) <= DAY);
    expect(new Set(dead), 'no other').toEqual(new Set(early));
    expect(klaviyo.state.profiles.size + klaviyo.state.events.length + klaviyo.state.items.size).toBe(0);
  });

  it('delivers everything that still waits as soon as Klaviyo is back', async () => {
    klaviyo.faults.clear();
    const waiting = machine.messages.filter(({ state }) => state === 'waiting');
    expect(waiting.length).toBeGreaterThan(CHANGES / 10);
    await machine.runUntil(DAY + policy.maxBackoffSeconds);
    expect(waiting.map(({ state }) => state)).toEqual(waiting.map(() => 'acknowledged'));
  });

  it('has lost nothing once the dead letters are replayed', async () => {
    for (const { kind, data } of machine.messages.filter(({ state }) => state === 'dead'))
      machine.publish({ kind, payload: data }, DAY + policy.maxBackoffSeconds);
    await machine.runUntil(2 * DAY);
    const settings = settingsOf(env);
    expect(check(state, klaviyo.state, settings)).toEqual([]);
  });

  function publishOver(seconds: number): void {
    const traffic = createTraffic(state, random, { poison: 0 });
    for (let change = 0; change < CHANGES; change++)
      for (const notification of traffic.next())
        machine.publish(notification, Math.round((seconds * change) / CHANGES));
    for (const notification of traffic.finish()) machine.publish(notification, seconds / 2);
  }
});
