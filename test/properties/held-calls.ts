import { ClientRequest, type IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { Scheduler } from 'fast-check';
import { vi } from 'vitest';

/**
 * Runs work while every call to either service is held twice, before it is made and before its answer arrives, until the
 * scheduler lets it go: in an order that fast-check picks, repeats and shrinks. What it tries are the orders in which
 * any number of processes could read and write.
 */
export async function withHeldCalls<T>(scheduler: Scheduler, work: () => Promise<T>): Promise<T> {
  let underWay = 0;

  async function begin(request: ClientRequest, end: () => void): Promise<void> {
    const label = `${request.method} ${decodeURIComponent(request.path.replace(/\?.*/, ''))}`;
    const { emit } = request;
    request.emit = (event: string | symbol, ...values: unknown[]) => {
      if (event !== 'response') return emit.call(request, event, ...values);
      const [response] = values as [IncomingMessage];
      underWay--;
      scheduler.schedule(Promise.resolve(), `${label} is answered`).then(() => {
        underWay++;
        response.once('close', () => underWay--);
        emit.call(request, event, response);
      });
      return true;
    };
    await scheduler.schedule(Promise.resolve(), `${label} is sent`);
    underWay++;
    request.once('error', () => underWay--);
    end();
  }

  const { end } = ClientRequest.prototype;
  vi.spyOn(ClientRequest.prototype, 'end').mockImplementation(function (this: ClientRequest, ...given) {
    void begin(this, () => Reflect.apply(end, this, given));
    return this;
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
