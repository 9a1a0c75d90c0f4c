import { SyncError } from '../errors.ts';
import type { Logger } from '../log/logger.ts';
import { safeToLog } from '../log/safely.ts';

/**
 * Sends what the functions-framework and Express print through our log. Both print errors that were thrown and bodies that
 * they cannot parse, which nobody should read: only class and place of an error are logged. Warnings of the framework, two
 * for each message that is pushed to `/`, become debug lines.
 */
export function redirectConsole(logger: Logger): void {
  console.warn = (text: unknown) => logger.debug(String(text));
  console.error = (thing: unknown) => {
    // The line of the attempt has said it: see `alreadyLogged`.
    if (thing instanceof SyncError) return;
    const { name, frames } = safeToLog(thing);
    logger.error(
      { error: { class: name }, stack_trace: [name, ...frames].join('\n') },
      `outside of an attempt: ${name}`,
    );
  };
}

/**
 * Returns an error that may be thrown to the functions-framework without being logged twice. The framework prints the stack
 * of what is thrown; without a stack it hands the error itself to `console.error`, which drops our own errors.
 */
export function alreadyLogged<E extends SyncError>(error: E): E {
  error.stack = '';
  return error;
}
