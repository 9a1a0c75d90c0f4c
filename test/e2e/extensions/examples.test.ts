import { describe, expect, test } from 'vitest';
import { fixture } from '../../fixtures/index.ts';
import { functionWith } from './built.ts';

const CUSTOMER = 'c0500000-0000-4000-8000-000000000001';
const JEANS = 'd0d00000-0000-4000-8000-000000000001';

describe('docs/extensions/net-value.ts', async () => {
  const built = await functionWith('docs/extensions/net-value.ts');

  test('makes events worth what is left without taxes', async () => {
    const line = await built.push(fixture('OrderCreated'));

    expect(line).toMatchObject({ outcome: 'synced', adjusted: { changed: 3, dropped: 0 } });
    expect(built.klaviyo.eventsOf('Placed Order')).toMatchObject([
      { value: 347.73, value_currency: 'EUR', properties: { GrossValue: 413.8, TaxValue: 66.07 } },
    ]);
    expect(built.klaviyo.eventsOf('Ordered Product').map(({ value }) => value)).toEqual(
      expect.arrayContaining([134.37]),
    );
  });

  test('leaves everything else alone', async () => {
    const line = await built.push(fixture('CustomerCreated'));

    expect(line).not.toHaveProperty('adjusted');
    expect(built.klaviyo.profileByEmail('lena.brandt@example.org')).toMatchObject({ external_id: CUSTOMER });
  });

  test('is named where the process starts', () => {
    expect(built.output()).toMatch(/"extension":"net-value".*"serving /);
  });
});

describe('docs/extensions/loyalty.ts', async () => {
  const built = await functionWith('docs/extensions/loyalty.ts');
  const changed = fixture('ResourceUpdated.key-value-document');

  test('makes an event of its customer from a custom object, once', async () => {
    const lines = [await built.push(changed), await built.push(changed)];

    expect(lines).toMatchObject([
      { handler: 'loyalty', outcome: 'synced' },
      { handler: 'loyalty', outcome: 'synced' },
    ]);
    expect(built.klaviyo.eventsOf('Changed Loyalty Tier')).toMatchObject([
      { unique_id: `loyalty:${CUSTOMER}:3`, properties: { Tier: 'gold', Points: 1250 } },
    ]);
    expect(built.klaviyo.profileByEmail('lena.brandt@example.org')).toMatchObject({ external_id: CUSTOMER });
  });

  test('ignores other custom objects', async () => {
    const other = { containerAndKey: { container: 'opening-hours', key: 'berlin' } };

    const line = await built.push({ ...changed, resourceUserProvidedIdentifiers: other });

    expect(line).toMatchObject({ handler: 'loyalty', outcome: 'ignored' });
  });

  test('refuses a change that names no object, as handlers of ours refuse', async () => {
    const line = await built.push({ ...changed, resourceUserProvidedIdentifiers: {} });

    expect(line).toMatchObject({ outcome: 'failed', error: { class: 'InvalidMessageError' } });
    expect(line.error?.message).toContain('containerAndKey');
  });
});

describe('docs/extensions/one-brand.ts', async () => {
  const built = await functionWith('docs/extensions/one-brand.ts');

  test('writes products of the root category, and drops the others', async () => {
    const others = 'd0d00000-0000-4000-8000-000000000003';
    const published = fixture('ProductPublished');
    const lines = [await built.push(published)];
    const product = await built.shop.get('product', JEANS);
    if (!product) throw new Error('the seed has no jeans');
    const { current } = product.masterData;
    await built.shop.put('product', {
      ...product,
      id: others,
      masterData: { ...product.masterData, current: { ...current, categories: [] } },
    });
    lines.push(
      await built.push({ ...fixture('ResourceUpdated.product'), resource: { typeId: 'product', id: others } }),
    );

    expect(lines).toMatchObject([{ outcome: 'synced' }, { outcome: 'ignored', adjusted: { dropped: 1 } }]);
    expect(built.klaviyo.item(JEANS)).toMatchObject({ title: 'Straight Jeans Indigo' });
    expect(built.klaviyo.item(others)).toBeUndefined();
  });

  test('tells of the items of the brand in an order of several', async () => {
    const ofOneBrand = JSON.stringify(fixture('OrderCreated'));
    const second = ofOneBrand.lastIndexOf('"value":"Nordhang"');
    const ofTwo = `${ofOneBrand.slice(0, second)}"value":"Fjordal"${ofOneBrand.slice(second + 18)}`;

    const line = await built.push(JSON.parse(ofTwo));

    const [placed, ...more] = built.klaviyo.eventsOf('Placed Order');
    expect(more).toEqual([]);
    expect(line).toMatchObject({ outcome: 'synced', adjusted: { changed: 1, dropped: 1 } });
    expect(placed).toMatchObject({
      value: 159.9,
      properties: { Brands: ['Nordhang'], ItemNames: ['Straight Jeans Indigo'] },
    });
    expect(built.klaviyo.eventsOf('Ordered Product')).toMatchObject([{ properties: { ProductBrand: 'Nordhang' } }]);
  });
});
