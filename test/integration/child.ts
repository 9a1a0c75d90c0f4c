import { onTestFinished } from 'vitest';
import type { Variables } from '../doubles/environment.ts';
import { type FunctionProcess, startFunction } from '../doubles/function-process.ts';

/** The built function in a process that the test ends. */
export interface ProcessUnderTest extends FunctionProcess {
  /** The lines of its log so far. */
  log(): Record<string, unknown>[];
}

/** Starts the built function with nothing in its environment but what is given, and the port; it may not listen yet. */
export async function processForTest(env: Variables, port?: number): Promise<ProcessUnderTest> {
  const running = await startFunction({ env, port });
  onTestFinished(async () => {
    running.kill('SIGKILL');
    await running.exit;
  });
  const lines = () => running.output().split('\n');
  return { ...running, log: () => lines().flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])) };
}
