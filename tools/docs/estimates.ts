import { type Amount, estimate, hoursOfAll, SLIM_ORDER, TYPICAL_ORDER } from '../../shared/history/estimate.ts';
import { KINDS } from '../../shared/history/history.ts';
import { hoursText } from '../operator/history/plan.ts';
import { table } from './table.ts';

/** Returns how long a backfill takes, for shops of several sizes, as a table in Markdown. */
export function estimates(): string {
  const sizes = [
    { customers: 1000, orders: 5000, products: 200, categories: 20, years: 2 },
    { customers: 50_000, orders: 200_000, products: 10_000, categories: 200, years: 3 },
    { customers: 1_000_000, orders: 5_000_000, products: 100_000, categories: 1000, years: 5 },
  ];
  const number = (count: number) => count.toLocaleString('en-US');
  return table(
    [
      'customers',
      'orders',
      'products',
      'requests',
      'GB',
      'catalog',
      'customers',
      'orders',
      'all',
      'all, without `properties`',
    ],
    sizes.map(({ customers, orders, products, categories, years }) => {
      const whole = (all: number): Amount => ({ all, missing: all });
      const catalog = { categories: whole(categories), products: whole(products), variants: whole(4 * products) };
      const volume = { ...catalog, customers: whole(customers), orders: whole(orders), days: 365 * years };
      const pace = { only: KINDS, repair: true, exact: false, lookAgain: [5, 10, 20], share: 0.95 };
      const efforts = estimate({ ...volume, order: TYPICAL_ORDER }, pace);
      const all = Object.values(efforts);
      return [
        ...[customers, orders, products].map(number),
        number(all.reduce((sum, { requests }) => sum + requests, 0)),
        number(Math.ceil(all.reduce((sum, { gigabytes }) => sum + gigabytes, 0))),
        ...[efforts.categories.hours + efforts.products.hours, efforts.customers.hours, efforts.orders.hours].map(
          hoursText,
        ),
        hoursText(hoursOfAll(efforts)),
        hoursText(hoursOfAll(estimate({ ...volume, order: SLIM_ORDER }, pace))),
      ];
    }),
  );
}
