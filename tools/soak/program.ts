import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../../test/doubles/child.ts';
import { UNSET } from '../../test/doubles/environment.ts';

/** A run that is not killed ends by itself, unless a call is refused for good; so often it may have to be begun again. */
const MOST_RUNS = 25;
/** How often it is asked whether it is time to kill it. */
const PAUSE_MILLISECONDS = 20;

/** How to run it. */
export interface ProgramOptions {
  env: Record<string, string>;
  /** Another program than `dist/history.cjs`. */
  program?: string;
  onLine(line: string): void;
  onProgress?: (text: string) => void;
}

/** Returns what runs backfill and reconcile, each in a process of its own. */
export function createProgram({ env, program = 'dist/history.cjs', onLine, onProgress }: ProgramOptions) {
  const told = { runs: 0, kills: 0 };
  let last: Child | undefined;

  function hear(line: string): void {
    onLine(line);
    onProgress?.(`  ${line}`);
  }

  function begin(tool: string): Child {
    told.runs += 1;
    const own = tool === 'backfill' ? ['--yes'] : [];
    const args = [program, tool, ...own, '--look-again', '0.02,0.05,0.1'];
    last = startChild({ command: process.execPath, args, env: { ...UNSET, ...env }, onLine: hear });
    return last;
  }

  return {
    /** Begins backfill and kills it when it is time, unless it has ended by then. */
    async runAndKill(isTime: () => boolean): Promise<void> {
      const child = begin('backfill');
      while (!child.ended() && !isTime()) await sleep(PAUSE_MILLISECONDS);
      if (child.ended()) return;
      child.kill('SIGKILL');
      await child.exit;
      told.kills += 1;
      onProgress?.(`killed ${told.kills} times`);
    },

    /** Runs a tool again until it ends with 0; false when it never does. */
    async runUntilEqual(tool: string, most = MOST_RUNS): Promise<boolean> {
      for (let run = 0; run < most; run++) {
        const code = await begin(tool).exit;
        onProgress?.(`${tool} ended with ${code}`);
        if (code === 0) return true;
      }
      return false;
    },

    /** How often something was begun, and killed. */
    told: () => told,
    lastLines: () => last?.output().trimEnd().split('\n').slice(-15).join('\n') ?? '',
  };
}
