import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { RetryableError } from '../../../shared/errors.ts';
import { barOf, createGauge, wordsOf } from '../../../tools/operator/history/gauge.ts';
import { createProgress } from '../../../tools/operator/history/progress.ts';

const gaugeOf = (done: number, total: number, step = '') => Object.assign(createGauge('orders'), { done, total, step });

describe('the gauge of a kind', () => {
  test('is a bar with how many are done', () => {
    expect(barOf(gaugeOf(1500, 3000))).toBe(`orders     [${'#'.repeat(15)}${'-'.repeat(15)}] 1,500/3,000`);
  });

  test('says what is under way', () => {
    expect(barOf(gaugeOf(0, 0, 'waiting for 3 jobs'))).toMatch(/ 0\/0 {2}waiting for 3 jobs$/);
  });

  test('is full, not fuller, when more is done than was expected', () => {
    expect(barOf(gaugeOf(4, 3))).toContain(`[${'#'.repeat(30)}] 4/4`);
  });

  test('knows the rate of the last minute, and what it makes of the rest', () => {
    const gauge = gaugeOf(0, 10_000);
    const samples: [at: number, done: number][] = [
      [0, 0],
      [60_000, 60],
      [120_000, 6060],
    ];
    for (const [at, done] of samples) {
      gauge.done = done;
      gauge.sample(at);
    }

    expect(gauge.rate()).toBe(100);
    expect(wordsOf(gauge)).toBe('orders 6,060 of 10,000, 100/s, 39 s left');
  });

  test('does not guess while nothing has been done', () => {
    const gauge = gaugeOf(0, 10);
    gauge.sample(0);
    gauge.sample(1000);

    expect(wordsOf(gauge)).toBe('orders 0 of 10');
  });
});

describe('the progress of a run', () => {
  function watched(isTTY: boolean) {
    const texts: string[] = [];
    const clock = { now: 0 };
    const stream = { isTTY, columns: 50, write: (text: string | Uint8Array) => texts.push(String(text)) > 0 };
    const progress = createProgress(stream, () => clock.now);
    const after = (milliseconds: number) => {
      clock.now += milliseconds;
      progress.show();
    };
    return { texts, progress, after };
  }
  const gone = new RetryableError('Klaviyo is not available', { status: 503 });

  test('is a line every half minute where there is no terminal', () => {
    const { texts, progress, after } = watched(false);
    progress.expect('customers', 4);
    for (let second = 0; second < 90; second++) after(1000);

    expect(texts).toEqual(Array(3).fill('customers 0 of 4\n'));
  });

  test('leaves out of the line what has come to its end', () => {
    const { texts, progress, after } = watched(false);
    progress.expect('categories', 1);
    progress.done('categories', 1);
    progress.expect('orders', 2);
    after(30_000);

    expect(texts).toEqual(['orders 0 of 2\n']);
  });

  test('is no empty line while nothing is under way', () => {
    const { texts, progress, after } = watched(false);
    progress.expect('categories', 1);
    progress.done('categories', 1);
    after(30_000);

    expect(texts).toEqual([]);
  });

  test('is a bar a kind on a terminal, no wider, and drawn over the former ones', () => {
    const { texts, progress, after } = watched(true);
    progress.expect('products', 2);
    progress.expect('customers', 1_000_000_000);
    after(1000);
    progress.done('products', 2);
    after(1000);

    const [first = '', second = ''] = texts;
    const rows = stripVTControlCharacters(second).trimStart().split('\n');
    expect([first, second].map((text) => text.startsWith('\u001b[2A'))).toEqual([false, true]);
    expect(rows.map((row) => row.slice(0, 9))).toEqual(['products ', 'customers', '']);
    expect(rows.map((row) => row.length <= 49)).toEqual([true, true, true]);
  });

  test('shows on a terminal how far it was when the work ended', async () => {
    const { texts, progress } = watched(true);
    progress.expect('orders', 1);
    await progress.during(async () => progress.done('orders', 1));

    expect(texts).toEqual([expect.stringContaining('] 1/1')]);
  });

  test('says how many calls failed', () => {
    const { texts, progress, after } = watched(false);
    progress.expect('orders', 1);
    progress.failed(gone, 500, 0);
    progress.failed(gone, 500, 10);
    after(30_000);

    expect(texts).toEqual(['orders 0 of 1; 2 calls failed and made again\n']);
  });

  test('says once that nothing comes through, and once that it goes on', () => {
    const { texts, progress } = watched(false);
    for (let second = 0; second < 1800; second++) progress.failed(gone, 500, second * 1000);
    progress.done('orders', 1);
    progress.done('orders', 1);

    expect(texts).toEqual([
      'Nothing has come through for 30 s: RetryableError: Klaviyo is not available. It is tried again, for an hour.\n',
      'It goes on.\n',
    ]);
  });

  test('says so again when it happens again', () => {
    const { texts, progress } = watched(false);
    for (const milliseconds of [0, 30_000, 0, 30_000]) progress.failed(gone, 500, milliseconds);

    expect(texts).toHaveLength(2);
  });
});
