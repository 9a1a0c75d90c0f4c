import { SyncError } from '../errors.ts';
import type { Logger } from '../log/logger.ts';

/**
 * Sends what the functions-framework and Express print through our log. They print what was thrown, which our line of
 * the attempt has said already, and bodies that they cannot parse, which nobody should read; of those only the kind and
 * the place of the error is told. Their warnings, two for each message that is pushed to `/`, become debug lines.
 */
export function redirectConsole(logger: Logger): void {
  console.warn = (text: unknown) => logger.debug(String(text));
  console.error = (thing: unknown) => {
    if (thing instanceof SyncError) return;
    const { name, frames } = toldSafely(thing);
    logger.error(
      { error: { class: name }, stack_trace: [name, ...frames].join('\n') },
      `outside of an attempt: ${name}`,
    );
  };
}

/** The class and the frames of an error or of a printed stack, without its message. A plain text is told as it is. */
export function toldSafely(thing: unknown): { name: string; frames: string[] } {
  const text = thing instanceof Error ? String(thing.stack).replace(thing.message, '') : String(thing);
  const frames = text.split('\n').filter((line) => FRAME.test(line));
  if (thing instanceof Error) return { name: thing.name, frames };
  return { name: frames.length > 0 ? (/^[\w$]+/.exec(text)?.[0] ?? 'Error') : text, frames };
}

/** A line of a stack, which names a place in code; a line of a message may begin alike. */
const FRAME = /^\s+at ([\w$.<>[\] ]+ )?\(?((file:\/\/|node:|\/)\S+:\d+:\d+|<anonymous>)\)?$/;
