import { describe, expect, test } from 'vitest';
import type { Effect, FaultTarget } from '../doubles/faults.ts';
import { seeded } from '../doubles/shop/seed.ts';
import { fixture } from '../fixtures/index.ts';
import { idOf, published, stockChanged, stockDeleted } from './notifications.ts';
import { functionForAll, functionForTest } from './support.ts';

const { klaviyo, shop, push, log } = await functionForAll();

const entry = (number: number) => idOf('10500000', number);
const [jeans27] = seeded('inventory-entry');
if (!jeans27) throw new Error('The seed lacks an inventory entry');
const JEANS = idOf('d0d00000', 1);
const JACKET = idOf('d0d00000', 2);
const berlin = { KLAVIYO_SYNC_SETTINGS: `{"catalog":{"inventoryChannel":"${idOf('c4a00000', 1)}"}}` };

test('the quantity is the absolute one of now, whatever the notification is about', async () => {
  await push(published(JEANS));
  await shop.put('inventory-entry', { ...jeans27, availableQuantity: 3 });

  expect(await push(fixture('ResourceUpdated.inventory-entry'))).toBe(204);
  expect(klaviyo.variant('JEANS-IND-27')).toMatchObject({ inventory_quantity: 3, inventory_policy: 1, price: 79.95 });
});

test('0 is a quantity', async () => {
  await push(published(JEANS));
  await shop.put('inventory-entry', { ...jeans27, availableQuantity: 0 });

  expect(await push(fixture('ResourceUpdated.inventory-entry'))).toBe(204);
  expect(klaviyo.variant('JEANS-IND-27')).toMatchObject({ inventory_quantity: 0, inventory_policy: 1 });
});

test('a deleted entry leaves the variant untracked', async () => {
  await push(published(JEANS));
  await shop.remove('inventory-entry', jeans27.id);

  expect(await push(stockDeleted(jeans27.id, 'JEANS-IND-27'))).toBe(204);
  expect(klaviyo.variant('JEANS-IND-27')).toMatchObject({ inventory_policy: 2 });
});

test('an entry that is deleted leaves the stock of the others', async () => {
  await push(published(JACKET));
  await shop.remove('inventory-entry', entry(8));

  expect(await push(stockDeleted(entry(8), 'STORM-MOSS-M'))).toBe(204);
  expect(klaviyo.variant('STORM-MOSS-M')).toMatchObject({ inventory_quantity: 20, inventory_policy: 1 });
});

test('an update that comes after the deletion of its entry is the deletion', async () => {
  await push(published(JEANS));
  await shop.remove('inventory-entry', jeans27.id);

  expect(await push(stockChanged(jeans27.id, 'JEANS-IND-27'))).toBe(204);
  expect(klaviyo.variant('JEANS-IND-27')).toMatchObject({ inventory_policy: 2 });
});

test('a deletion that does not tell its SKU is kept, as the stock in Klaviyo is wrong now', async () => {
  expect(await push(stockDeleted('gone', undefined))).toBe(500);
  expect(klaviyo.requests).toEqual([]);
  expect(log).toMatchObject([{ error: { class: 'InvalidMessageError', message: expect.stringContaining('sku') } }]);
});

test('a publication has the quantity of now, while the product still shows the one before', async () => {
  await shop.put('inventory-entry', { ...jeans27, availableQuantity: 3 });

  expect(await push(published(JEANS))).toBe(204);
  expect(klaviyo.variant('JEANS-IND-27')).toMatchObject({ inventory_quantity: 3, inventory_policy: 1 });
});

test('a variant that Klaviyo does not have is not an error', async () => {
  expect(await push(fixture('ResourceUpdated.inventory-entry'))).toBe(204);
  expect(klaviyo.state.variants).toHaveLength(0);
});

test.each(['27" wide', "it's", 'a/b?c'])('a SKU such as %s breaks no query', async (sku) => {
  await shop.put('inventory-entry', { ...jeans27, sku });

  expect(await push(stockDeleted('gone', sku))).toBe(204);
  expect(await push(stockChanged(jeans27.id, sku))).toBe(204);
  const paths = klaviyo.requests.map(({ path }) => decodeURIComponent(path));
  expect(paths).toEqual(Array(2).fill(`/api/catalog-variants/$custom:::$default:::${sku}`));
});

describe('of a channel', () => {
  test('0 is not taken for "no stock information"', async () => {
    const own = await functionForTest(berlin);
    await own.push(published(JEANS));
    expect(own.klaviyo.variant('JEANS-IND-29')).toMatchObject({ inventory_quantity: 0, inventory_policy: 1 });
    await own.push(fixture('ResourceUpdated.inventory-entry.channel'));
    expect(own.klaviyo.variant('JEANS-IND-29')).toMatchObject({ inventory_quantity: 0, inventory_policy: 1 });
  });

  test('only its own entries count', async () => {
    const own = await functionForTest(berlin);
    await own.push(published(JEANS));
    expect(own.klaviyo.variant('JEANS-IND-27')).toMatchObject({ inventory_policy: 2 });
    expect(own.klaviyo.variant('JEANS-IND-30')).toMatchObject({ inventory_quantity: 9, inventory_policy: 1 });
    own.klaviyo.requests.length = 0;

    expect(await own.push(fixture('ResourceUpdated.inventory-entry'))).toBe(204);
    expect(own.klaviyo.requests).toMatchObject([{ method: 'GET' }]);
  });

  test('an entry that leaves the channel takes its stock along', async () => {
    const own = await functionForTest(berlin);
    await own.push(published(JEANS));
    const moving = (await own.shop.get('inventory-entry', entry(5))) ?? expect.unreachable();
    await own.shop.put('inventory-entry', { ...moving, supplyChannel: { typeId: 'channel', id: idOf('c4a00000', 2) } });

    expect(await own.push(stockChanged(entry(5), 'JEANS-IND-30'))).toBe(204);
    expect(own.klaviyo.variant('JEANS-IND-30')).toMatchObject({ inventory_policy: 2 });
  });

  test('the stock without a channel counts where none is set, and all together where there is no such stock', async () => {
    await push(published(JEANS));
    expect(klaviyo.variant('JEANS-IND-29')).toMatchObject({ inventory_quantity: 5, inventory_policy: 1 });
    expect(klaviyo.variant('JEANS-IND-30')).toMatchObject({ inventory_quantity: 9, inventory_policy: 1 });

    await push(fixture('ResourceUpdated.inventory-entry.channel'));
    expect(klaviyo.variant('JEANS-IND-29')).toMatchObject({ inventory_quantity: 5, inventory_policy: 1 });
    await push(stockChanged(entry(5), 'JEANS-IND-30'));
    expect(klaviyo.variant('JEANS-IND-30')).toMatchObject({ inventory_quantity: 9, inventory_policy: 1 });
  });
});

describe('while Klaviyo’s limit for variants is reached', () => {
  const isPatch = ({ method }: FaultTarget) => method === 'PATCH';

  /** A function to which Klaviyo refuses the first write of stock, for a second. */
  const limited = async () => {
    const own = await functionForTest();
    await own.push(published(JEANS));
    own.klaviyo.requests.length = 0;
    own.klaviyo.faults.add({ match: isPatch, effect: { kind: 'status', status: 429, retryAfter: 1 } });
    const changeTo = async (availableQuantity: number) => {
      await own.shop.put('inventory-entry', { ...jeans27, availableQuantity });
      return own.push(fixture('ResourceUpdated.inventory-entry'));
    };
    return { ...own, changeTo, writes: () => own.klaviyo.requests.filter((one) => isPatch(one) && one.status === 200) };
  };

  test('changes of one variant that wait are one write, of the stock by then', async () => {
    const { klaviyo, changeTo, writes } = await limited();
    const first = changeTo(9);
    await expect.poll(() => klaviyo.requests.some(({ status }) => status === 429)).toBe(true);
    const statuses = await Promise.all([first, ...[8, 7, 6].map(changeTo)]);
    expect(statuses).toEqual([204, 204, 204, 204]);
    expect(writes()).toHaveLength(1);
    expect(klaviyo.variant('JEANS-IND-27')).toMatchObject({ inventory_quantity: 6 });
  });

  test('a write that would change nothing is not made', async () => {
    const { klaviyo, changeTo, writes } = await limited();
    const { inventory_quantity = 0 } = klaviyo.variant('JEANS-IND-27') ?? {};
    expect(await changeTo(inventory_quantity)).toBe(204);
    expect(writes()).toHaveLength(0);
  });

  test('a limit that lasts longer than an attempt hands the message back', async () => {
    const own = await functionForTest();
    const effect: Effect = { kind: 'status', status: 429, retryAfter: 3600 };
    own.klaviyo.faults.add({ match: isPatch, times: Number.POSITIVE_INFINITY, effect });
    expect(await own.push(fixture('ResourceUpdated.inventory-entry'))).toBe(500);
    expect(own.log).toMatchObject([{ severity: 'WARNING', error: { class: 'RetryableError' } }]);
  });
});
