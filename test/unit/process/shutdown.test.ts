import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { finishBeforeExit } from '../../../shared/process/shutdown.ts';

describe('finishBeforeExit', () => {
  const foreign = process.listeners('SIGTERM');
  const frameworkExit = vi.fn();
  const exit = vi.fn();
  const finishing = <T>(work: (input: T) => Promise<void>) => finishBeforeExit(work, new AbortController());

  beforeEach(() => {
    process.removeAllListeners('SIGTERM');
    process.on('SIGTERM', frameworkExit);
    vi.spyOn(process, 'exit').mockImplementation((code) => exit(code) as never);
    frameworkExit.mockClear();
    exit.mockClear();
  });

  afterEach(() => {
    process.removeAllListeners('SIGTERM');
    for (const listener of foreign) process.on('SIGTERM', listener);
    vi.restoreAllMocks();
  });

  it('lets what is in flight finish before the framework exits', async () => {
    const finished: number[] = [];
    const work = finishing(async (milliseconds: number) => {
      await sleep(milliseconds);
      finished.push(milliseconds);
    });
    const running = [work(100), work(200)];
    process.emit('SIGTERM', 'SIGTERM');
    expect(frameworkExit).not.toHaveBeenCalled();
    await expect.poll(() => exit.mock.calls).toEqual([[0]]);
    expect(finished).toEqual([100, 200]);
    expect(frameworkExit).toHaveBeenCalledOnce();
    await Promise.all(running);
  });

  it('waits for what fails as well, and hands the failure on', async () => {
    const work = finishing(() => sleep(50).then(() => Promise.reject(new Error('no'))));
    const running = expect(work(undefined)).rejects.toThrow('no');
    process.emit('SIGTERM', 'SIGTERM');
    await running;
    await expect.poll(() => exit.mock.calls).toEqual([[0]]);
    expect(frameworkExit).toHaveBeenCalledOnce();
  });

  it('exits soon when nothing is in flight', async () => {
    await finishing(async () => {})(undefined);
    process.emit('SIGTERM', 'SIGTERM');
    await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(0), { timeout: 4000 });
  });

  it('hears a SIGTERM that comes in the moment of the first message', async () => {
    const work = finishing(async () => {});
    process.kill(process.pid, 'SIGTERM');
    await work(undefined);
    await expect.poll(() => exit.mock.calls).toEqual([[0]]);
  });

  it('leaves SIGTERM alone until the first message comes', () => {
    finishing(async () => {});
    process.emit('SIGTERM', 'SIGTERM');
    expect(frameworkExit).toHaveBeenCalledOnce();
  });
});
