import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CredentialsError, PermanentError, RetryableError } from '../../../shared/errors.ts';
import { createPatience, StoppedError } from '../../../shared/history/patience.ts';
import { withRetries } from '../../../shared/http/retry.ts';
import { rejectionOf } from '../support.ts';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Patience by a clock that goes on as fast as somebody waits for it. */
function patience({ giveUpAfter }: { giveUpAfter?: number } = {}) {
  const pauses: number[] = [];
  const silences: number[] = [];
  const stop = new AbortController();
  const onWait = (_: RetryableError, milliseconds: number, failing: number) => {
    pauses.push(milliseconds);
    silences.push(failing);
  };
  return { ...createPatience({ stop: stop.signal, giveUpAfter, onWait }), pauses, silences, stop: () => stop.abort() };
}

/** Lets pauses end until a promise is settled. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const done = () => {
    isSettled = true;
  };
  promise.then(done, done);
  while (!isSettled) await vi.advanceTimersByTimeAsync(1000);
  return promise;
}

const passing = (retryAfter?: number) => new RetryableError('it may pass', { status: 503, retryAfter });

/** A call that fails with these errors, and then gives `done`. */
const failing = (...errors: Error[]) =>
  vi.fn(async () => {
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  });

describe('patience', () => {
  it('repeats what may pass, after pauses that grow to a minute', async () => {
    const { persist, pauses } = patience();
    expect(await settled(persist(failing(...Array.from({ length: 9 }, () => passing()))))).toBe('done');
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('says for how long nothing has succeeded, of the whole run', async () => {
    const { persist, silences } = patience();
    await settled(persist(failing(passing(), passing(), passing())));
    await settled(persist(failing(passing())));
    expect(silences).toEqual([0, 500, 1500, 0]);
  });

  it('waits as long as a service asks for, and a little more', async () => {
    const { persist, pauses } = patience();
    await settled(persist(failing(passing(30_000), passing(0))));
    expect(pauses).toEqual([31_000, 1000]);
  });

  it('is the only one to repeat: a call is tried once, whatever the pause that a service names', async () => {
    const call = failing(passing(), passing(1));
    const { persist, pauses } = patience();
    await settled(persist(() => withRetries(call)));
    expect([call.mock.calls.length, pauses.length]).toEqual([3, 2]);
  });

  it.each([
    ['refused credentials', new CredentialsError('no', { status: 403 })],
    ['a refusal for good', new PermanentError('no', { status: 400 })],
    ['an error of which nobody thought', new TypeError('no')],
  ])('throws %s at once', async (_, error) => {
    const { persist, pauses } = patience();
    expect(await rejectionOf(persist(failing(error)))).toBe(error);
    expect(pauses).toEqual([]);
  });
});

describe('a run gives up', () => {
  const forever = (error: Error) => async () => {
    throw error;
  };

  it('with the last error after an hour in which nothing succeeded', async () => {
    const started = performance.now();
    const error = passing();
    expect(await rejectionOf(settled(patience().persist(forever(error))))).toBe(error);
    const minutes = (performance.now() - started) / MINUTE;
    expect([minutes >= 60, minutes < 62]).toEqual([true, true]);
  });

  it('never while another call succeeds now and then', async () => {
    const { persist, pauses } = patience({ giveUpAfter: 10 * MINUTE });
    const call = failing(...Array.from({ length: 60 }, () => passing()));
    const other = async () => {
      for (let times = 0; times < 8; times++) {
        await vi.advanceTimersByTimeAsync(9 * MINUTE);
        await persist(failing());
      }
    };
    await Promise.all([settled(persist(call)), other()]);
    expect(pauses).toHaveLength(60);
  });

  it('not for an hour in which nothing was called', async () => {
    const { persist } = patience();
    await persist(failing());
    await vi.advanceTimersByTimeAsync(120 * MINUTE);
    expect(await settled(persist(failing(passing())))).toBe('done');
  });

  it('at once where it has no patience', async () => {
    const error = passing();
    const { persist, pauses } = patience({ giveUpAfter: 0 });
    expect(await rejectionOf(persist(() => withRetries(forever(error))))).toBe(error);
    expect(pauses).toEqual([]);
  });

  it('after a pause that is longer than its patience', async () => {
    const { persist, pauses } = patience({ giveUpAfter: MINUTE });
    await rejectionOf(settled(persist(forever(passing(3_000_000_000)))));
    expect(pauses).toEqual([MINUTE]);
  });
});

describe('a run that is told to stop', () => {
  it('begins no call', async () => {
    const { persist, stop } = patience();
    const call = failing();
    stop();
    expect(await rejectionOf(persist(call))).toBeInstanceOf(StoppedError);
    expect(call).not.toHaveBeenCalled();
  });

  it.each<[string, (run: ReturnType<typeof patience>) => Promise<unknown>]>([
    ['between two tries', ({ persist }) => persist(failing(passing(MINUTE)))],
    ['that was asked for', ({ wait }) => wait(MINUTE)],
  ])('ends its pause %s', async (_, begin) => {
    const run = patience();
    const pausing = begin(run);
    await vi.advanceTimersByTimeAsync(MINUTE / 2);
    run.stop();
    expect(await rejectionOf(pausing)).toBeInstanceOf(StoppedError);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('finishes the call that is under way', async () => {
    const { persist, stop } = patience();
    const call = async () => {
      stop();
      return 'done';
    };
    expect(await persist(call)).toBe('done');
  });
});
