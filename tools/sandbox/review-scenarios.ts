import { ids } from '../../test/fixtures/ids.ts';
import { rating } from './describe.ts';
import { changed, type Scenario } from './scenario.ts';

const backpack = ids.product(3);

/** Customers tell what they think. */
export const reviewScenarios: Scenario[] = [
  { fixture: 'ReviewCreated', holds: rating(backpack), expected: '4.33333 by 3, 1 told' },
  {
    fixture: 'ReviewStateTransition',
    note: 'it was approved',
    holds: rating(backpack),
    expected: '4.33333 by 3, 2 told',
  },
  {
    fixture: 'ReviewRatingSet',
    before: changed('review', ids.review(2), () => ({ rating: 3 })),
    holds: rating(backpack),
    expected: '4 by 3, 2 told',
  },
];
