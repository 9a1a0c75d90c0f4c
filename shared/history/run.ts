import { runCategories } from './catalog/categories.ts';
import { runProducts } from './catalog/products.ts';
import { runCustomers } from './customers/customers.ts';
import type { History, Kind } from './history.ts';
import { runOrders } from './orders/index.ts';
import { StoppedError } from './patience.ts';

/** Kinds that go side by side, with how each is compared and repaired. */
type Step = Partial<Record<Kind, (history: History) => Promise<void>>>;

/** Each step needs those before it: items their categories, events the profiles whose they are. */
const STEPS: readonly Step[] = [
  { categories: runCategories },
  { products: runProducts, customers: runCustomers },
  { orders: runOrders },
];

/**
 * Compares both sides, and repairs what is to be repaired.
 *
 * @param stop is aborted when a part fails, so that the others finish what is in flight and begin nothing new
 * @throws what the first part that failed threw; StoppedError when the run was told to stop
 */
export async function runHistory(
  history: History,
  stop: Pick<AbortController, 'abort'>,
  steps: readonly Step[] = STEPS,
): Promise<void> {
  for (const step of steps) {
    const wanted = history.options.only.filter((kind) => step[kind]);
    const results = await Promise.allSettled(
      wanted.map(async (kind) => {
        try {
          await step[kind]?.(history);
          history.progress.say(kind, '');
        } catch (error) {
          stop.abort();
          throw error;
        }
      }),
    );
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    const cause = failures.find((error) => !(error instanceof StoppedError)) ?? failures[0];
    if (cause) throw cause;
  }
}
