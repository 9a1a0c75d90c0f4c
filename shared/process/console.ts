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
    // The line of the attempt has said it: see `alreadyLogged` in log/report.ts.
    if (thing instanceof SyncError) return;
    const { name, frames } = safeToLog(thing);
    logger.error(
      { error: { class: name }, stack_trace: [name, ...frames].join('\n') },
      `outside of an attempt: ${name}`,
    );
  };
}
