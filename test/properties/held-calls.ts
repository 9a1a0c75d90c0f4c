import { setImmediate } from 'node:timers/promises';
import type { Scheduler } from 'fast-check';
import { ApiKeySession } from 'klaviyo-api';
import { vi } from 'vitest';

/**
 * Runs work while every call to either service is held twice, before it is made and before its answer arrives, until the
 * scheduler lets it go: in an order that fast-check picks, repeats and shrinks. What it tries are the orders in which
 * any number of processes could read and write.
 */
export async function withHeldCalls<T>(scheduler: Scheduler, work: () => Promise<T>): Promise<T> {
  let underWay = 0;

  async function held<A>(label: string, call: () => Promise<A>): Promise<A> {
    await scheduler.schedule(Promise.resolve(), `${label} is sent`);
    underWay++;
    const [outcome] = await Promise.allSettled([call()]);
    underWay--;
    await scheduler.schedule(Promise.resolve(), `${label} is answered`);
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  const { fetch } = globalThis;
  const { requestWithRetry } = ApiKeySession.prototype;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) =>
    held(`${init?.method ?? 'GET'} ${pathOf(String(input))}`, async () => {
      const response = await fetch(input, init);
      return new Response(await response.arrayBuffer(), response);
    }),
  );
  vi.spyOn(ApiKeySession.prototype, 'requestWithRetry').mockImplementation(function (this: ApiKeySession, config) {
    return held(`${config.method} ${pathOf(String(config.url))}`, () => requestWithRetry.call(this, config));
  });

  /** Until nothing goes on any more but what is held. */
  async function quiet(): Promise<void> {
    do await setImmediate();
    while (underWay > 0);
  }

  try {
    const state = { isDone: false };
    const done = work().finally(() => {
      state.isDone = true;
    });
    done.catch(() => {});
    while (!state.isDone) {
      await quiet();
      if (scheduler.count() > 0) await scheduler.waitNext(1);
    }
    return await done;
  } finally {
    vi.restoreAllMocks();
  }
}

const pathOf = (url: string) => decodeURIComponent(new URL(url).pathname);
