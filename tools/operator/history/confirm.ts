import { createInterface } from 'node:readline/promises';

/** Returns whether somebody can be asked. */
export const isSomebodyThere = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY);

/** Asks a question on the terminal; anything but a yes is a no. */
export async function confirm(question: string): Promise<boolean> {
  // Not raw, so that Ctrl-C is a signal here, too.
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
