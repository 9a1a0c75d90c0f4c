import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Logger } from '../../shared/log/logger.ts';

/** How long a run that is told to stop may take to finish what is in flight, in milliseconds. */
const GRACE = 120_000;

/** What is run, and for how long at most. */
interface Options {
  /** What Node runs. */
  command: readonly string[];
  milliseconds: number;
  logger: Logger;
}

/** How a run is answered. */
interface Answer {
  status: number;
  text: string;
}

/** Runs a program, one run at a time, each in a process of its own. */
interface Runs {
  /** Begins a run, and returns how it ended: 200 for one that is done or out of time, 500 for one that failed. */
  begin(): Promise<Answer>;
  /** Ends the run that is under way after what is in flight. */
  end(): Promise<void>;
}

/**
 * Returns what runs a program. When a run is out of time it is told to stop: what is in flight is finished, and the next run finds
 * what is left, as the difference between both sides is the only cursor.
 */
export function createRuns({ command, milliseconds, logger }: Options): Runs {
  let child: ChildProcess | undefined;
  let ended: Promise<unknown[]> | undefined;

  async function begin(): Promise<Answer> {
    if (child) return { status: 200, text: 'a run is under way: no other is begun' };
    let isOutOfTime = false;
    child = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'] });
    ended = once(child, 'close');
    const stop = (signal: 'SIGTERM' | 'SIGKILL') => {
      isOutOfTime = true;
      child?.kill(signal);
    };
    const timers = [setTimeout(stop, milliseconds, 'SIGTERM'), setTimeout(stop, milliseconds + GRACE, 'SIGKILL')];
    try {
      const [code, signal] = await ended;
      return answerOf(code ?? signal, isOutOfTime);
    } catch {
      return answerOf('no process', false);
    } finally {
      for (const timer of timers) clearTimeout(timer);
      child = undefined;
    }
  }

  function answerOf(how: unknown, isOutOfTime: boolean): Answer {
    const outcome = how === 0 ? 'done' : isOutOfTime ? 'out of time' : 'failed';
    const text = {
      done: 'both sides agree',
      'out of time':
        'it was stopped before it was done: the next run finds what is left; --since and --only make a run shorter',
      failed: `both sides differ, or it failed (${how}): its lines say which`,
    }[outcome];
    logger[LEVELS[outcome]]({ outcome }, `reconcile: ${text}`);
    return { status: outcome === 'failed' ? 500 : 200, text };
  }

  return {
    begin,
    async end() {
      child?.kill('SIGTERM');
      await ended?.catch(() => undefined);
    },
  };
}

const LEVELS = { done: 'info', 'out of time': 'warn', failed: 'error' } as const;
