import { ids } from '../../test/fixtures/ids.ts';
import { categories, item, stock } from './describe.ts';
import { added, changed, removed, type Scenario } from './scenario.ts';

const { category, price, product, stock: entry } = ids;

/** Categories, products and stock come and change. */
export const catalogScenarios: Scenario[] = [
  {
    fixture: 'ResourceCreated.category',
    holds: categories(category(6)),
    expected: 'Women > Jackets > Rain Jackets',
  },
  {
    fixture: 'CategoryCreated',
    holds: categories(category(3)),
    expected: 'Women > Pants > Jeans',
  },
  {
    fixture: 'CategoryCreated.payloadNotIncluded',
    about: category(10),
    holds: categories(category(10)),
    expected: 'Equipment > Camp Kitchen > Stoves',
  },
  {
    fixture: 'ResourceUpdated.category',
    note: 'renamed, with two categories below it',
    before: changed('category', category(2), ({ name }) => ({ name: { ...name, 'en-GB': 'Trousers' } })),
    holds: categories(category(2), category(3), category(4)),
    expected: 'Women > Trousers, Women > Trousers > Jeans, Women > Trousers > Hiking Pants',
  },
  {
    fixture: 'ProductPublished',
    holds: item(product(1)),
    expected:
      'Straight Jeans Indigo (published), ' +
      'JEANS-IND-27 109, JEANS-IND-28 109, JEANS-IND-29 109, JEANS-IND-30 109, JEANS-IND-31 119, JEANS-IND-32 119',
  },
  {
    fixture: 'ProductPublished.payloadNotIncluded',
    note: 'one variant is gone',
    before: changed('product', product(1), ({ masterData }) => {
      const variants = masterData.current.variants.filter(({ sku }) => sku !== 'JEANS-IND-32');
      return { masterData: { ...masterData, current: { ...masterData.current, variants } } };
    }),
    holds: item(product(1)),
    expected:
      'Straight Jeans Indigo (published), ' +
      'JEANS-IND-27 109, JEANS-IND-28 109, JEANS-IND-29 109, JEANS-IND-30 109, JEANS-IND-31 119',
  },
  {
    fixture: 'ProductPublished.payloadNotIncluded',
    note: 'one variant has no SKU',
    about: product(2),
    holds: item(product(2)),
    expected: `Storm Rain Jacket (published), STORM-MOSS-M 249, STORM-MOSS-S 249, ${product(2)}-3 299`,
  },
  {
    fixture: 'ProductPublished.payloadNotIncluded',
    note: 'stock is not tracked',
    about: product(3),
    before: removed('inventory-entry', entry(10)),
    holds: stock('TOUR-30-SAND'),
    expected: 'TOUR-30-SAND not tracked',
  },
  {
    fixture: 'ProductPublished.payloadNotIncluded',
    about: product(5),
    before: ({ shop }) => shop.publish(product(5)),
    holds: item(product(5)),
    expected: 'Ridge Hiking Pants (published), RIDGE-SAND-L 89, RIDGE-SAND-M 89',
  },
  {
    fixture: 'ResourceUpdated.product',
    note: 'a price changed without a publication',
    before: changed('product', product(1), ({ masterData }) => {
      const { masterVariant, variants, ...data } = masterData.current;
      const current = {
        ...data,
        masterVariant,
        variants: variants.map((one) => ({ ...one, prices: masterVariant.prices })),
      };
      return { masterData: { ...masterData, current } };
    }),
    holds: item(product(1)),
    expected:
      'Straight Jeans Indigo (published), ' +
      'JEANS-IND-27 109, JEANS-IND-28 109, JEANS-IND-29 109, JEANS-IND-30 109, JEANS-IND-31 109',
  },
  {
    fixture: 'ResourceUpdated.standalone-price',
    about: price(3),
    before: changed('standalone-price', price(3), ({ value }) => ({ value: { ...value, centAmount: 5990 } })),
    holds: item(product(6)),
    expected: 'Ember Camp Stove (published), EMBER-STOVE 59.9',
  },
  {
    fixture: 'StandalonePriceDeleted',
    note: 'the only one for every country',
    about: price(3),
    before: removed('standalone-price', price(3)),
    holds: item(product(6)),
    expected: 'Ember Camp Stove (published), EMBER-STOVE 0',
  },
  {
    fixture: 'ResourceCreated.standalone-price',
    before: added('standalone-price', price(3)),
    holds: item(product(6)),
    expected: 'Ember Camp Stove (published), EMBER-STOVE 69.9',
  },
  {
    fixture: 'Tick.standalone-price',
    note: 'a price has begun, of which nobody tells',
    before: changed('standalone-price', price(5), () => ({
      ...{ country: undefined, validFrom: '2026-05-25T09:55:00.000Z', validUntil: undefined },
    })),
    holds: item(product(6)),
    expected: 'Ember Camp Stove (published), EMBER-STOVE 54.9',
  },
  {
    fixture: 'ResourceCreated.inventory-entry',
    before: added('inventory-entry', entry(10)),
    holds: stock('TOUR-30-SAND'),
    expected: 'TOUR-30-SAND 3',
  },
  {
    fixture: 'ResourceUpdated.inventory-entry',
    before: changed('inventory-entry', entry(1), () => ({ availableQuantity: 9 })),
    holds: stock('JEANS-IND-27'),
    expected: 'JEANS-IND-27 9',
  },
  {
    fixture: 'ResourceUpdated.inventory-entry.channel',
    note: 'the stock without a channel counts',
    before: changed('inventory-entry', entry(3), () => ({ availableQuantity: 4 })),
    holds: stock('JEANS-IND-29'),
    expected: 'JEANS-IND-29 4',
  },
  {
    fixture: 'ResourceDeleted.inventory-entry',
    before: removed('inventory-entry', entry(7)),
    holds: stock('STORM-MOSS-S'),
    expected: 'STORM-MOSS-S not tracked',
  },
];
