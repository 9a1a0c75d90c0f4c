import { onTestFinished } from 'vitest';
import type { Variables } from '../doubles/environment.ts';
import { type FunctionProcess, startFunction } from '../doubles/function-process.ts';

/** The built function in a process that the test ends. */
export interface ProcessUnderTest extends FunctionProcess {
  /** The lines of its log so far, but for the one at the start. */
  log(): Record<string, unknown>[];
  /** All of them. */
  wholeLog(): Record<string, unknown>[];
}

/** Starts the built function with nothing in its environment but what is given, and the port; it may not listen yet. */
export async function processForTest(env: Variables, port?: number): Promise<ProcessUnderTest> {
  const running = await startFunction({ env, port });
  onTestFinished(async () => {
    running.kill('SIGKILL');
    await running.exit;
  });
  const lines = () => running.output().split('\n');
  // pino flushes a CRITICAL line at once, past lines that are still being written: their time tells the order.
  const wholeLog = () =>
    lines()
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
      .sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  return { ...running, wholeLog, log: () => wholeLog().filter((line) => !('version' in line)) };
}
