import { describe, expect, test } from 'vitest';
import { inCloudEventsFormat } from '../doubles/delivery.ts';
import { IGNORED } from '../fixtures/effects.ts';
import { ids } from '../fixtures/ids.ts';
import { effectsOf, fixture, fixtureNames } from '../fixtures/index.ts';
import { changesBetween, entriesOf, rememberCatalog } from './state.ts';
import { type FunctionUnderTest, functionForAll } from './support.ts';

const sync = await functionForAll({ SKIP_BASE64_ENCODING: 'true' });

/** Every product in Klaviyo, unpublished ones too, and nothing about them up to date. */
async function createOutdatedCatalog({ shop, klaviyo, push }: FunctionUnderTest): Promise<() => void> {
  klaviyo.reset();
  await shop.publish(ids.product(5));
  for (const number of [1, 2, 3, 4, 5, 6]) {
    await push({ ...fixture('ProductPublished'), resource: { typeId: 'product', id: ids.product(number) } });
  }
  for (const one of klaviyo.state.categories.values()) one.name = 'outdated';
  for (const item of klaviyo.state.items.values()) item.title = 'outdated';
  for (const variant of klaviyo.state.variants.values()) Object.assign(variant, { inventory_quantity: -1, price: -1 });
  const restore = rememberCatalog(klaviyo.state);
  await shop.reset();
  return restore;
}

const restore = await createOutdatedCatalog(sync);

describe('with the same result however it is delivered', () => {
  test.each(fixtureNames().filter(effectsOf))('%s', async (name) => {
    restore();
    const notification = fixture(name);
    const before = entriesOf(sync.klaviyo.state);
    const ways = {
      push: () => sync.push(notification),
      'push to /': () => sync.push(notification, { path: '/' }),
      eventarc: () => sync.eventarc(notification),
      'CloudEvents format': () => sync.push(inCloudEventsFormat(notification)),
      posted: () => sync.post(notification),
      'posted in CloudEvents format': () => sync.post(inCloudEventsFormat(notification)),
    };
    const results = new Set<string>();

    for (const deliver of Object.values(ways)) {
      sync.klaviyo.reset();
      restore();
      expect(await deliver()).toBe(204);
      const after = entriesOf(sync.klaviyo.state);
      expect(changesBetween(before, after)).toEqual(effectsOf(name)?.toSorted());
      results.add(JSON.stringify([...after].sort()));
    }
    expect(results).toHaveLength(1);
  });
});

describe('acknowledged without a call to Klaviyo', () => {
  test.each(IGNORED)('%s', async (name) => {
    expect(await sync.push(fixture(name))).toBe(204);
    expect(await sync.eventarc(fixture(name))).toBe(204);
    expect(sync.klaviyo.requests).toEqual([]);
    expect(sync.log).toMatchObject([{ outcome: 'ignored', severity: 'INFO' }, { outcome: 'ignored' }]);
  });
});
