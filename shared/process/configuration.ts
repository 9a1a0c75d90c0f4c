import { ConfigurationError } from '../errors.ts';

/** Returns what is read of the environment; ends the process with every problem in words when it is not usable. */
export function readOrExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
