import { isDeepStrictEqual } from 'node:util';
import { currentAttempt } from '../attempt.ts';
import { clearLeftBehind } from '../handlers/customers/left-behind.ts';
import type { Write } from '../klaviyo/writes.ts';
import type { Extension } from './extension.ts';
import { nameOf } from './name.ts';

/** Notes in the attempt what became of a write; once, although a plan may be made twice. */
function note(write: Write, made: Write | undefined): void {
  if (made && isDeepStrictEqual(made, write)) return;
  const attempt = currentAttempt();
  attempt.adjusted ??= new Map();
  attempt.adjusted.set(nameOf(write), made ? 'changed' : 'dropped');
}

/** What a hook gave a profile earlier in the attempt, and gives no more, is cleared as what a customer does not have any more. */
const cleared = (write: Write, previous: readonly Write[]): Write =>
  write.kind === 'upsertProfile' ? { ...write, ...clearLeftBehind(write, previous) } : write;

/** Returns a planning whose writes are adjusted, as `Extension.adjusting` says. */
export const adjusting =
  (adjust: Extension['adjust']): Extension['adjusting'] =>
  (planning, settings) => {
    let planned: readonly Write[] | undefined;
    return async (previous) => {
      const current = await planning(previous && (planned ?? previous));
      planned = current;
      const writes = current.flatMap((write) => {
        const made = adjust(write, settings);
        note(write, made);
        return made ?? [];
      });
      return previous ? writes.map((write) => cleared(write, previous)) : writes;
    };
  };
