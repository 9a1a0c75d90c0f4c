import { createInterface } from 'node:readline/promises';

/** Returns whether somebody can be asked. */
export const isSomebodyThere = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY);

/** Asks a question on the terminal; anything but a yes is a no, and so is a signal. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  // Not raw, so that Ctrl-C is a signal here, too.
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    terminal.close();
  }
}
