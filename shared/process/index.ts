import { readExtension } from '../extension/installed.ts';
import type { Logger } from '../log/logger.ts';
import { redirectConsole } from './console.ts';
import { withoutDomains } from './domains.ts';
import { finishBeforeExit } from './shutdown.ts';

/** A function that handles one message. */
type Work<T> = (message: T) => Promise<void>;

/**
 * Takes over what the functions-framework does with the process: what is printed, the domain of each request, and SIGTERM.
 * With the server (`shared/front`) these three are all that we bend; `test/integration/adopted-process.test.ts` notices when one of them is missing.
 *
 * @param createWork makes the function that handles a message; its signal is aborted when the process ends
 * @returns the function to register
 */
export function adoptProcess<T>(logger: Logger, createWork: (timeIsUp: AbortSignal) => Work<T>): Work<T> {
  redirectConsole(logger);
  withoutDomains((error) => readExtension()?.takeStray(error) ?? false);
  const timeIsUp = new AbortController();
  return finishBeforeExit(createWork(timeIsUp.signal), timeIsUp);
}
