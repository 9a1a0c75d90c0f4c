/**
 * Returns the class and the stack frames of an error, or of a printed stack, without its message: safe to log. A plain text
 * is returned as the name.
 */
export function safeToLog(thing: unknown): { name: string; frames: string[] } {
  const text = thing instanceof Error ? String(thing.stack).replace(thing.message, '') : String(thing);
  const frames = text.split('\n').filter((line) => FRAME.test(line));
  if (thing instanceof Error) return { name: thing.name, frames };
  return { name: frames.length > 0 ? (/^[\w$]+/.exec(text)?.[0] ?? 'Error') : text, frames };
}

/** A line of a stack names a place in code; a line of a message may begin alike. */
const FRAME = /^\s+at ([\w$.<>[\] ]+ )?\(?((file:\/\/|node:|\/)\S+:\d+:\d+|<anonymous>)\)?$/;
