import { readExtension } from '../../../shared/extension/installed.ts';
import { handlers } from '../../../shared/handlers/index.ts';
import { UsageError } from '../support/cli.ts';
import { type Letter, subjectOf, UNREADABLE } from './letter.ts';

/** Which letters are meant; each part narrows the others down. */
export interface Choice {
  /** Of the dead letters themselves; any when empty. */
  ids: readonly string[];
  type?: string;
  /** At most so many; undefined for all. */
  limit?: number;
}

const TYPES = new Set([
  ...[...handlers, ...(readExtension()?.handlers ?? [])].flatMap(({ messages, changes, tick }) => [
    ...Object.keys(messages),
    ...changes,
    ...(tick ? ['Tick'] : []),
  ]),
  UNREADABLE,
]);

/**
 * Checks a type that was asked for: a handler's message, change or tick, or `?` for what cannot be read.
 *
 * @throws UsageError for any other, as nothing would ever be found
 */
export function knownType(type: string | undefined): string | undefined {
  if (type === undefined || TYPES.has(type)) return type;
  throw new UsageError(`--type ${type} is none that a handler takes: ${[...TYPES].sort().join(', ')}.`);
}

/** Whether a letter is meant, the limit aside. */
export const isChosen = ({ ids, type }: Choice, letter: Letter): boolean =>
  (ids.length === 0 || ids.includes(letter.id)) && (type === undefined || subjectOf(letter)[0] === type);

/** How many letters there can be at most. */
export const mostOf = ({ ids, limit = Number.POSITIVE_INFINITY }: Choice): number =>
  ids.length > 0 ? Math.min(new Set(ids).size, limit) : limit;
