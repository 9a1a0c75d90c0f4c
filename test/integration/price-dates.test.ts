import { expect, test } from 'vitest';
import { ids } from '../fixtures/ids.ts';
import { fixture } from '../fixtures/index.ts';
import { published } from './notifications.ts';
import { functionForAll } from './support.ts';

const { shop, klaviyo, push, log } = await functionForAll();
const stove = ids.product(6);
const PRICE = ids.price(5);
const MINUTE = 60_000;

/** The price of the stove has these dates, minutes from now. */
async function setDates(from: number, until: number) {
  const at = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();
  const price = (await shop.get('standalone-price', PRICE)) ?? expect.unreachable();
  await shop.put('standalone-price', { ...price, country: 'DE', validFrom: at(from), validUntil: at(until) });
}

const tick = () => push({ ...fixture('Tick.standalone-price'), time: new Date().toISOString(), intervalSeconds: 3600 });
const writes = () => klaviyo.requests.filter(({ method }) => method !== 'GET');

test('a price that has ended is replaced, and a tick that comes again writes nothing', async () => {
  await setDates(-200, 200);
  expect(await push(published(stove))).toBe(204);
  expect(klaviyo.variant('EMBER-STOVE')?.price).toBe(54.9);

  // Nobody reports it: the time passes.
  const hour = Date.now() % (60 * MINUTE);
  await setDates(-200, -hour / MINUTE - 1);
  expect(await tick()).toBe(204);
  expect(klaviyo.variant('EMBER-STOVE')?.price).toBe(64.9);
  expect(klaviyo.item(stove)?.price).toBe(64.9);
  expect(log.at(-1)).toMatchObject({ outcome: 'synced', handler: 'price-dates' });

  klaviyo.requests.length = 0;
  expect(await tick()).toBe(204);
  expect(writes()).toEqual([]);
});
