import type { SyncError } from '../../../shared/errors.ts';
import type { Report } from '../../../shared/history/history.ts';
import { messageOf } from '../support/cli.ts';

/** How many are told with the reason. */
const TOLD = 20;

/**
 * Returns the function that takes resources of commercetools which lack what the mapping needs, and of which the extension fails: live
 * traffic refuses them, and so they are differences. A resource that is read again is none more.
 */
export function malformedTeller(report: Report, note: (line: string) => void) {
  const seen = new Set<string>();
  return (error: SyncError, id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    report.add({ subject: 'malformed', what: 'missing', id });
    if (seen.size <= TOLD) note(messageOf(error));
  };
}
