import { describe, expect, test } from 'vitest';
import { runCategories } from '../../shared/history/catalog/categories.ts';
import { runProducts } from '../../shared/history/catalog/products.ts';
import { runCustomers } from '../../shared/history/customers/customers.ts';
import type { Options } from '../../shared/history/history.ts';
import { runOrders } from '../../shared/history/orders/index.ts';
import { type Survey, survey } from '../../shared/history/survey.ts';
import { historyForAll, writesOf } from './history.ts';

const { klaviyo, run } = await historyForAll();

async function surveyed(options: Partial<Options> = {}): Promise<Survey> {
  let found: Survey | undefined;
  await run(async (history) => {
    found = await survey(history);
  }, options);
  return found ?? expect.unreachable();
}

describe('what there is to do', () => {
  test('is everything that an empty account lacks, with a profile for each customer and each guest', async () => {
    const { volume, newProfiles } = await surveyed();

    expect(volume).toMatchObject({
      categories: { all: 10, missing: 10 },
      products: { all: 5, missing: 5 },
      variants: { all: 13, missing: 13 },
      customers: { all: 5, missing: 5 },
      orders: { all: 10, missing: 10 },
    });
    expect(newProfiles).toEqual({ customers: 5, guests: 1 });
    expect(writesOf(klaviyo)).toEqual([]);
  });

  test('is nothing where all of it is there', async () => {
    for (const part of [runCategories, runProducts, runCustomers, runOrders]) await run(part);
    const { volume, newProfiles } = await surveyed();

    const missing = Object.values(volume).flatMap((amount) =>
      typeof amount === 'object' && 'missing' in amount ? amount.missing : [],
    );
    expect(missing).toEqual([0, 0, 0, 0, 0]);
    expect(newProfiles).toEqual({ customers: 0, guests: 0 });
  });

  test('is what was changed or placed since', async () => {
    const { volume, newProfiles } = await surveyed({ since: Date.now() - 86_400_000 });

    expect(volume).toMatchObject({ products: { all: 0 }, customers: { all: 0 }, orders: { all: 0 }, days: 1 });
    expect(newProfiles).toEqual({ customers: 0, guests: 0 });
  });

  test('is what is asked for, and nobody is asked of the rest', async () => {
    const { volume } = await surveyed({ only: ['categories'] });

    expect(volume).toMatchObject({ categories: { all: 10 }, customers: { all: 0 }, orders: { all: 0 }, days: 0 });
    expect(new Set(klaviyo.requests.map(({ path }) => path.split('?')[0]))).toEqual(
      new Set(['/api/catalog-categories']),
    );
  });
});
