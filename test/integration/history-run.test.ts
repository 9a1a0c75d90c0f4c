import { describe, expect, test } from 'vitest';
import { PermanentError } from '../../shared/errors.ts';
import { KINDS, type Kind } from '../../shared/history/history.ts';
import { StoppedError } from '../../shared/history/patience.ts';
import { runHistory } from '../../shared/history/run.ts';
import { historyForAll } from './history.ts';

const { run } = await historyForAll();

describe('a run', () => {
  /** Runs kinds that tell when they begin and end. */
  async function told(only: readonly Kind[], fail: Partial<Record<Kind, () => Promise<void>>> = {}) {
    const story: string[] = [];
    const stop = new AbortController();
    const part = (kind: Kind) => async () => {
      story.push(`${kind} begin`);
      await fail[kind]?.();
      await new Promise(setImmediate);
      story.push(`${kind} end`);
    };
    const steps = [
      { categories: part('categories') },
      { products: part('products'), customers: part('customers') },
      { orders: part('orders') },
    ];
    let error: unknown;
    await run((history) => runHistory(history, stop, steps), { only }).catch((reason: unknown) => {
      error = reason;
    });
    return { story, error, isStopped: stop.signal.aborted };
  }

  test('goes through the kinds in their order, products beside customers', async () => {
    const { story } = await told(KINDS);

    expect(story.map((line) => line.split(' ')[1]).join(' ')).toBe('begin end begin begin end end begin end');
    expect(story[0]).toBe('categories begin');
    expect(story.at(-1)).toBe('orders end');
  });

  test('leaves out what is not asked for', async () => {
    expect((await told(['customers'])).story).toEqual(['customers begin', 'customers end']);
  });

  test('ends after a kind that fails, has the kind beside it stop, and says why', async () => {
    const refused = new PermanentError('refused', { status: 400 });
    const failing = await told(KINDS, {
      products: () => Promise.reject(refused),
      customers: () => Promise.reject(new StoppedError()),
    });

    expect(failing.error).toBe(refused);
    expect(failing.isStopped).toBe(true);
    expect(failing.story.at(-1)).toBe('customers begin');
  });
});
