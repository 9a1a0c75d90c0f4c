import { ids } from '../../test/fixtures/ids.ts';
import { categories, item } from './describe.ts';
import { removed, type Scenario } from './scenario.ts';

const { category, product } = ids;

/** What was there goes. */
export const removalScenarios: Scenario[] = [
  {
    fixture: 'ProductUnpublished',
    before: ({ shop }) => shop.unpublish(product(5)),
    holds: item(product(5)),
    expected: 'Ridge Hiking Pants (hidden), RIDGE-SAND-L 89, RIDGE-SAND-M 89',
  },
  {
    fixture: 'ProductUnpublished.payloadNotIncluded',
    note: 'though it is deleted by now',
    before: removed('product', product(5)),
    holds: item(product(5)),
    expected: 'Ridge Hiking Pants (hidden), RIDGE-SAND-L 89, RIDGE-SAND-M 89',
  },
  {
    fixture: 'ResourceDeleted.product',
    before: removed('product', product(3)),
    holds: item(product(3)),
    expected: 'no item',
  },
  {
    fixture: 'ResourceDeleted.category',
    before: removed('category', category(10)),
    holds: categories(category(10)),
    expected: 'no category',
  },
];
