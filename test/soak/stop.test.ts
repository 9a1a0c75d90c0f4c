import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startFleet } from '../../tools/soak/fleet.ts';
import { newMessage, push } from '../../tools/soak/message.ts';
import { createRandom } from '../../tools/soak/random.ts';
import { createPeople } from '../../tools/soak/shop/people.ts';
import { startShopServer } from '../../tools/soak/shop/server.ts';
import { createState } from '../../tools/soak/shop/state.ts';
import { functionVariables } from '../doubles/environment.ts';
import { startKlaviyo } from '../doubles/klaviyo/server.ts';

const MESSAGES = 20;

it('a process that is told to stop answers what it has begun, and ends by itself', async () => {
  await using running = new AsyncDisposableStack();
  const state = createState();
  const shop = running.adopt(await startShopServer(state), (one) => one.stop());
  const klaviyo = running.adopt(await startKlaviyo(), (one) => one.stop());
  const env = functionVariables(shop, klaviyo);
  const fleet = running.adopt(await startFleet({ processes: 1, env }), (one) => one.stop());
  const people = createPeople(state, createRandom(1));
  klaviyo.latency = 1500;
  const answers = Array.from({ length: MESSAGES }, () => {
    const [signUp] = people.signUp();
    return push(new Agent(), fleet.urls[0] ?? '', newMessage(signUp ?? expect.unreachable()));
  });
  // Some messages are searched for first.
  const begun = () => klaviyo.requests.filter(({ method }) => method === 'POST').length;
  while (begun() < MESSAGES) await sleep(20);

  const stopped = fleet.restart(0, 'SIGTERM');
  expect(await Promise.all(answers)).toEqual(Array(MESSAGES).fill(true));
  expect(await stopped, 'exit code').toBe(0);
  expect(klaviyo.state.profiles.size).toBe(MESSAGES);
});
