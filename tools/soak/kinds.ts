import { HANDLER_NAMES } from '../../shared/config/settings/handlers.ts';

/** What notifications are about: the handler that takes them, nobody, or nobody ever successfully. */
export const KINDS = [...HANDLER_NAMES, 'ignored', 'poison'] as const;

/** One of the kinds. */
export type Kind = (typeof KINDS)[number];

/** A notification that a change in the shop gives rise to; a text is published as it is. */
export interface Change {
  kind: Kind;
  payload: object | string;
}
