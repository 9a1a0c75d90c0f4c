import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** Where somebody is asked, and answers. */
interface Streams {
  stdin: Readable;
  stderr: Writable;
}

/** Returns whether somebody can be asked. */
export const isSomebodyThere = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY);

/** Asks a question on the terminal; anything but a yes is a no, and so is no answer. */
export async function confirm(question: string, { stdin, stderr }: Streams = process): Promise<boolean> {
  // Not raw, so that Ctrl-C is a signal here, too.
  const terminal = createInterface({ input: stdin, output: stderr, terminal: false });
  // A question that is closed by Ctrl-D is never answered.
  const ended = once(terminal, 'close').then(() => '');
  try {
    const answer = await Promise.race([terminal.question(`${question} [y/N] `), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
