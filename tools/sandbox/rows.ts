import type { Handler } from '../../shared/handlers/handler.ts';
import { handlers } from '../../shared/handlers/index.ts';

/** What an attempt is to end with. */
export type Outcome = 'synced' | 'ignored' | 'failed';

/** A row of the sandbox's table: what becomes of notifications that end alike. */
export interface Row {
  /** Name of the handler as logged; undefined where none takes the notification. */
  handler: string | undefined;
  outcome: Outcome;
  becomes: string;
}

const IGNORED: Row = { handler: undefined, outcome: 'ignored', becomes: 'nothing' };
const MALFORMED: Row = { handler: undefined, outcome: 'failed', becomes: 'a dead letter' };

const rowOf = ({ name, becomes }: Handler): Row => ({
  handler: name,
  outcome: 'synced',
  becomes: becomes.replaceAll(/`|\*\*/g, ''),
});

/** One row for each handler, one for what asks for nothing, one for what is malformed. */
export const ROWS: readonly Row[] = [...handlers.map(rowOf), IGNORED, MALFORMED];

/** Returns the row of a message by how its last attempt was logged. */
export const rowFor = (outcome: string | undefined, handler: string | undefined): Row | undefined =>
  ROWS.find((row) => row.outcome === outcome && (outcome !== 'synced' || row.handler === handler));
