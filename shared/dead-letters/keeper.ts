import { newAttempt, runAttempt } from '../attempt.ts';
import { createCommercetoolsClient } from '../commercetools/client.ts';
import { type CustomObjects, customObjects } from '../commercetools/custom-objects.ts';
import type { Configuration } from '../config/environment.ts';
import type { KeptMessage } from './kept-message.ts';

/** The attempt has had seven of the ten seconds of Connect. */
const MILLISECONDS = 2000;

/** Keeps messages that were given up. */
export interface Keeper {
  container: string;
  /** Keeps a message; the one that has the key already is replaced. Throws what commercetools answers, or that there was no time. */
  keep(key: string, message: KeptMessage): Promise<void>;
}

/**
 * Returns what keeps messages in the container of the settings; undefined where they name none.
 *
 * @param milliseconds that it may take to keep one
 */
export function createKeeper(
  configuration: Pick<Configuration, 'commercetools' | 'settings'>,
  milliseconds = MILLISECONDS,
): Keeper | undefined {
  const { container } = configuration.settings.deadLetters;
  if (container === undefined) return undefined;
  const objects = openContainer(configuration, container, milliseconds);
  return {
    container,
    keep: (key, message) => runAttempt(newAttempt(milliseconds), () => objects.put(key, message)),
  };
}

/**
 * Returns the custom objects of a container.
 *
 * @param milliseconds how long one request may take
 */
export const openContainer = (
  { commercetools }: Pick<Configuration, 'commercetools'>,
  container: string,
  milliseconds: number,
): CustomObjects => customObjects(createCommercetoolsClient(commercetools, milliseconds, [200, 201]), container);
