import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { checkCatalog } from '../../tools/soak/expected/catalog.ts';
import { checkProfiles } from '../../tools/soak/expected/profiles.ts';
import { type Fleet, startFleet } from '../../tools/soak/fleet.ts';
import type { Change } from '../../tools/soak/kinds.ts';
import { newMessage, push } from '../../tools/soak/message.ts';
import { buildPatched } from '../../tools/soak/patched-build.ts';
import { RACES, type Race } from '../../tools/soak/races.ts';
import { createRandom } from '../../tools/soak/random.ts';
import { settingsOf } from '../../tools/soak/settings.ts';
import { createCatalog } from '../../tools/soak/shop/catalog.ts';
import { createPeople } from '../../tools/soak/shop/people.ts';
import { type ShopServer, startShopServer } from '../../tools/soak/shop/server.ts';
import { createState } from '../../tools/soak/shop/state.ts';
import { functionVariables } from '../doubles/environment.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../doubles/klaviyo/server.ts';

/** Longest time that a read is held: whoever overtakes it may have to wait for it, too. */
const HELD_MILLISECONDS = 5000;

const noSecondLook = {
  file: 'shared/settle.ts',
  from: 'if (made && !made.some(({ kind }) => IS_SNAPSHOT[kind])) return;',
  to: 'if (made) return;',
};

/** Plays a race on a function and gives what is not as the shop says in the end. */
async function play(race: Race, source?: string): Promise<string[]> {
  await using running = new AsyncDisposableStack();
  const state = createState();
  const shop: ShopServer = running.adopt(await startShopServer(state), (one) => one.stop());
  const klaviyo: KlaviyoStandIn = running.adopt(await startKlaviyo(), (one) => one.stop());
  const env = functionVariables(shop, klaviyo);
  const fleet: Fleet = running.adopt(await startFleet({ processes: 1, env, source }), (one) => one.stop());
  const random = createRandom(3);
  const actors = { state, people: createPeople(state, random), catalog: createCatalog(state, random) };

  async function deliver(changes: Change[]): Promise<void> {
    for (const change of changes)
      expect(await push(new Agent(), fleet.urls[0] ?? '', newMessage(change)), 'acknowledged').toBe(true);
  }

  await deliver(race.before(actors));
  const first = race.first(actors);
  const match = ({ path }: { path: string }) => decodeURIComponent(path).includes(race.slow);
  const [hasRead, hasBeenOvertaken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const until = Promise.race([hasBeenOvertaken.promise, sleep(HELD_MILLISECONDS, undefined, { ref: false })]);
  shop.faults.add({ match, effect: { kind: 'held', onApplied: hasRead.resolve, until } });
  const overtaken = deliver(first);
  await hasRead.promise;
  await deliver(race.overtaking(actors));
  hasBeenOvertaken.resolve();
  await overtaken;
  const settings = settingsOf(env);
  const findings = [...checkProfiles(state, klaviyo.state, settings), ...checkCatalog(state, klaviyo.state, settings)];
  return findings.map(({ text }) => text);
}

describe('a message is overtaken after it has read the shop and before it writes:', () => {
  it.for(Object.entries(RACES))('%s', async ([, race]) => {
    expect(await play(race)).toEqual([]);
  });

  it('a build that does not look again after writing loses', async () => {
    const source = await buildPatched('no-second-look', [noSecondLook]);
    expect(await play(RACES['a product is published twice'] as Race, source)).not.toEqual([]);
  });
});
