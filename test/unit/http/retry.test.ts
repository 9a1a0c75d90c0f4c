import { afterEach, describe, expect, it, vi } from 'vitest';
import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { CredentialsError, PermanentError, RetryableError } from '../../../shared/errors.ts';
import { tryMilliseconds, withRetries } from '../../../shared/http/retry.ts';
import { isCredentialsStatus, isRetryableStatus, parseRetryAfter } from '../../../shared/http/status.ts';
import { rejectionOf } from '../support.ts';

afterEach(() => vi.restoreAllMocks());

/** A call that throws these errors and works afterwards. */
function failing(...errors: Error[]) {
  const tries: number[] = [];
  const call = async () => {
    tries.push(Date.now());
    const error = errors[tries.length - 1];
    if (error) throw error;
    return 'done';
  };
  return { tries, call };
}
const pauses = (tries: number[]) => tries.slice(1).map((time, index) => time - (tries[index] ?? 0));
const passing = () => new RetryableError('it may pass');
const asked = (retryAfter: number) => new RetryableError('wait', { retryAfter });

describe('withRetries', () => {
  it('tries again what may pass, after growing pauses', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { tries, call } = failing(passing(), passing());
    expect(await withRetries(call)).toBe('done');
    const [first = 0, second = 0] = pauses(tries);
    expect(first).toBeGreaterThanOrEqual(145);
    expect(second).toBeGreaterThanOrEqual(295);
  });

  it('gives up after three tries with the last error', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const last = passing();
    const { tries, call } = failing(passing(), passing(), last);
    expect(await rejectionOf(withRetries(call))).toBe(last);
    expect(tries).toHaveLength(3);
  });

  it('varies its pauses, so that instances do not come back together', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { tries, call } = failing(passing());
    await withRetries(call);
    expect(pauses(tries)[0]).toBeGreaterThanOrEqual(295);
  });

  it('waits as long as it is asked to', async () => {
    const { tries, call } = failing(asked(400));
    await withRetries(call);
    expect(pauses(tries)[0]).toBeGreaterThanOrEqual(400);
  });

  it('waits as often as it is asked to while there is time', async () => {
    const { tries, call } = failing(asked(0), asked(0), asked(0), asked(0));
    await runAttempt(newAttempt(10_000), () => withRetries(call));
    expect(tries).toHaveLength(5);
  });

  it('keeps its tries for what nobody asked to wait for', async () => {
    const { tries, call } = failing(asked(0), asked(0), asked(0), passing(), passing());
    await runAttempt(newAttempt(10_000), () => withRetries(call));
    expect(tries).toHaveLength(6);
  });

  it.each([
    ['what may pass', passing()],
    ['a pause that it is asked for', asked(0)],
    ['a limit', new RetryableError('too many', { status: 429, retryAfter: 0 })],
  ])('tries once in an attempt of one try, whatever follows: %s', async (_, error) => {
    const { tries, call } = failing(error);
    const single = { ...newAttempt(10_000), quickTries: 1 };
    expect(await rejectionOf(runAttempt(single, () => withRetries(call)))).toBe(error);
    expect(tries).toHaveLength(1);
  });

  it('does not begin a pause that would reach the deadline of the attempt', async () => {
    const { tries, call } = failing(asked(60_000));
    const started = Date.now();
    await rejectionOf(runAttempt(newAttempt(1000), () => withRetries(call)));
    expect([tries.length, Date.now() - started < 5000]).toEqual([1, true]);
  });

  it.each([
    ['refused credentials', new CredentialsError('no', { status: 401 })],
    ['a refusal for good', new PermanentError('no', { status: 400 })],
    ['an error of which nobody thought', new TypeError('no')],
  ])('throws %s at once', async (_, error) => {
    const { tries, call } = failing(error);
    expect(await rejectionOf(withRetries(call))).toBe(error);
    expect(tries).toHaveLength(1);
  });
});

describe('tryMilliseconds', () => {
  const within = (milliseconds: number) => runAttempt(newAttempt(milliseconds), async () => tryMilliseconds(1000));

  it('gives a try its time', async () => {
    expect(tryMilliseconds(1000)).toBe(1000);
    expect(await within(60_000)).toBe(1000);
  });

  it('gives no more than the attempt has left', async () => {
    const milliseconds = await within(500);
    expect(milliseconds).toBeGreaterThan(0);
    expect(milliseconds).toBeLessThanOrEqual(500);
  });

  it('begins no try when no time is left', async () => {
    expect(await rejectionOf(within(0))).toMatchObject({ name: 'RetryableError', code: 'DEADLINE' });
  });

  it('begins no try when the attempt is over', async () => {
    const attempt = newAttempt(60_000);
    attempt.over.abort();
    const begin = () => runAttempt(attempt, async () => tryMilliseconds(1000));
    expect(await rejectionOf(begin())).toMatchObject({ code: 'DEADLINE' });
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['3', 3000],
    [' 120 ', 120_000],
    ['0', 0],
    ['', undefined],
    ['soon', undefined],
    [undefined, undefined],
    [3, undefined],
  ])('reads %j as %s milliseconds', (header, expected) => {
    expect(parseRetryAfter(header)).toBe(expected);
  });

  it('reads a date', () => {
    const milliseconds = parseRetryAfter(new Date(Date.now() + 60_000).toUTCString()) ?? 0;
    expect(Math.abs(milliseconds - 60_000)).toBeLessThan(2000);
    expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:00 GMT')).toBe(0);
  });
});

describe('a status', () => {
  it.each([408, 429, 500, 502, 503, 504, 599])('%i may pass', (status) => {
    expect([isRetryableStatus(status), isCredentialsStatus(status)]).toEqual([true, false]);
  });

  it.each([401, 403])('%i is about credentials', (status) => {
    expect([isRetryableStatus(status), isCredentialsStatus(status)]).toEqual([false, true]);
  });

  it.each([200, 400, 404, 409, 412, 422])('%i is neither', (status) => {
    expect([isRetryableStatus(status), isCredentialsStatus(status)]).toEqual([false, false]);
  });
});
