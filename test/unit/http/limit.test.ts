import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PermanentError, RetryableError } from '../../../shared/errors.ts';
import { createLimit, type Limit } from '../../../shared/http/limit.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const headers = (most: number | string, remaining: number, reset: number) => ({
  'ratelimit-limit': String(most),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(reset),
});

it('takes calls at first, and again when the time that a 429 names is over', () => {
  const limit = createLimit();
  expect(limit.wait()).toBe(0);
  expect(limit.isReached(new RetryableError('too many', { status: 429, retryAfter: 2000 }))).toBe(true);
  expect(limit.wait()).toBeGreaterThanOrEqual(2000);
  vi.advanceTimersByTime(2100);
  expect(limit.wait()).toBe(0);
});

it('holds a second when a 429 names no time', () => {
  const limit = createLimit();
  limit.isReached(new RetryableError('too many', { status: 429 }));
  expect(limit.wait()).toBeGreaterThanOrEqual(1000);
  expect(limit.wait()).toBeLessThan(1200);
});

it('keeps the longest time that was named', () => {
  const limit = createLimit();
  for (const retryAfter of [60_000, 1000]) limit.isReached(new RetryableError('too many', { status: 429, retryAfter }));
  expect(limit.wait()).toBeGreaterThanOrEqual(60_000);
});

it.each([
  new RetryableError('down', { status: 503, retryAfter: 1000 }),
  new PermanentError('refused', { status: 400 }),
  new Error('anything'),
])('is not reached by %s', (error) => {
  const limit = createLimit();
  expect(limit.isReached(error)).toBe(false);
  expect(limit.wait()).toBe(0);
});

it('is reached when an answer says that nothing is left but what is under way', () => {
  const limit = createLimit();
  limit.read(headers(3500, 1, 30));
  expect(limit.wait()).toBe(0);
  limit.read(headers(3500, 1, 30), 1);
  expect(limit.wait()).toBe(30_000);
});

it('reads the first figure where several windows are told', () => {
  const limit = createLimit();
  limit.read(headers('350, 350;w=1, 3500;w=60', 0, 1));
  expect(limit.wait()).toBe(1000);
});

it.each([{}, { 'ratelimit-remaining': '0' }, headers('many', Number.NaN, 10)])('takes no notice of %o', (told) => {
  const limit = createLimit({ perSecond: 10 });
  limit.read(told);
  expect(limit.wait()).toBe(0);
});

it.each([{ 'ratelimit-remaining': '0', 'ratelimit-reset': 'soon' }, headers(150, 0, -5)])(
  'goes on as before after %o, which names no time',
  (told) => {
    const limit = createLimit({ perSecond: 10 });
    limit.read(told);
    expect(limit.wait()).toBe(0);
    limit.isReached(new RetryableError('too many', { status: 429, retryAfter: 2000 }));
    expect(limit.wait()).toBeGreaterThanOrEqual(2000);
  },
);

it('asks again after two minutes, whatever it was told: a day, or a date in place of seconds', () => {
  for (const close of [
    (limit: Limit) => limit.isReached(new RetryableError('too many', { status: 429, retryAfter: 86_400_000 })),
    (limit: Limit) => limit.read(headers(150, 0, 1_790_000_000)),
  ]) {
    const limit = createLimit();
    close(limit);
    expect(limit.wait()).toBeGreaterThan(60_000);
    vi.advanceTimersByTime(120_000);
    expect(limit.wait()).toBe(0);
  }
});

it('is not held up by a clock that is set back', () => {
  const limit = createLimit();
  limit.isReached(new RetryableError('too many', { status: 429, retryAfter: 1000 }));
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(1200);
  expect(limit.wait()).toBe(0);
});

it('spreads what remains over the rest of the window once half is used', () => {
  const limit = createLimit({ perSecond: 10 });
  limit.read(headers(150, 75, 30));
  expect(limit.wait()).toBe(0);
  limit.read(headers(150, 60, 30));
  expect(limit.wait()).toBe(500);
});

it('keeps its calls a second apart by itself where it is told how many there may be', () => {
  const limit = createLimit({ perSecond: 10 });
  limit.begin();
  expect(limit.wait()).toBe(100);
  const other = createLimit();
  other.begin();
  expect(other.wait()).toBe(0);
});

it('leaves others their share of a limit, less what is under way', () => {
  const limit = createLimit({ perSecond: 10, share: 0.95 });
  for (const [remaining, others] of [
    [8, 0],
    [10, 2],
  ] as const) {
    limit.read(headers(150, remaining, 30), others);
    expect(limit.wait()).toBe(0);
  }
  limit.read(headers(150, 9, 30), 2);
  expect(limit.wait()).toBe(30_000);
});

it('uses its share as fast as it may, at even intervals', () => {
  const limit = createLimit({ perSecond: 10, share: 0.5 });
  limit.read(headers(150, 76, 30));
  expect(limit.wait()).toBe(0);
  limit.begin();
  expect(limit.wait()).toBe(200);
});
