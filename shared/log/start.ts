import { isDeepStrictEqual } from 'node:util';
import { doubtsOf } from '../config/doubts.ts';
import type { Configuration } from '../config/environment.ts';
import { settingsSchema } from '../config/settings.ts';
import { readExtension } from '../extension/installed.ts';
import { COMMIT, VERSION } from '../version.ts';
import type { Logger } from './logger.ts';

/**
 * Writes the one line of a process that takes messages now: what runs, where, and how it is set. Warnings about the
 * configuration have lines of their own.
 *
 * @param place where it listens; left out for a process that does not
 */
export function logStart(logger: Logger, configuration: Configuration, place?: Place): void {
  const { commercetools, settings } = configuration;
  const { handlers, ...others } = changesOf(settingsSchema.parse({}), settings);
  logger.info(
    {
      ...{ version: VERSION, commit: COMMIT, port: place?.port, projectKey: commercetools.projectKey },
      extension: readExtension()?.name,
      ...{ handlersOff: settings.handlers.disabled, settings: others },
    },
    `serving ${commercetools.projectKey}${place ? ` at ${urlOf(place)}` : ''}`,
  );
  for (const doubt of doubtsOf(configuration)) logger.warn(doubt);
}

interface Place {
  address: string;
  port: number;
}

const urlOf = ({ address, port }: Place): string =>
  `http://${address.includes(':') ? `[${address}]` : address}:${port}`;

/** The parts of an object that differ from another's. */
function changesOf(from: object, to: object): Record<string, unknown> {
  const before = new Map<string, unknown>(Object.entries(from));
  const changes = Object.entries(to).filter(([name, value]) => !isDeepStrictEqual(before.get(name), value));
  return Object.fromEntries(
    changes.map(([name, value]) => {
      const old = before.get(name);
      return [name, isParts(old) && isParts(value) ? changesOf(old, value) : value];
    }),
  );
}

const isParts = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
