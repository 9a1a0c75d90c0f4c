import { ConfigurationError } from '../errors.ts';
import { readExtension } from '../extension/installed.ts';

/**
 * Returns what is read of the environment; ends the process with every problem in words when that, or the merchant's extension, is not
 * usable.
 */
export function readOrExit<T>(read: () => T): T {
  try {
    readExtension();
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
