import { AsyncLocalStorage } from 'node:async_hooks';
import { currentAttempt, whenOver } from '../attempt.ts';
import { ExtensionError, type ExtensionPlace, RetryableError, SyncError } from '../errors.ts';
import { placeOf } from './place.ts';

/** What is called of an extension. */
export type Call = Omit<ExtensionPlace, 'at'>;

/** The call that is under way, also for the promises that it leaves behind. */
const calls = new AsyncLocalStorage<Call>();

/** Returns the error that tells of an error of an extension: of our own classes also the words, which are safe to log. */
export function failureOf(call: Call, error: unknown, where = ''): ExtensionError {
  const thrown = error instanceof Error ? error : new Error();
  const words = thrown instanceof SyncError ? `${thrown.name}: ${thrown.message}` : thrown.name;
  return new ExtensionError({ ...call, at: placeOf(thrown) }, `threw ${words}${where}`);
}

/** Takes an error of a promise that nobody awaits, as `Extension.takeStray` says. */
export function takeStray(error: unknown): boolean {
  const call = calls.getStore();
  if (!call) return false;
  const attempt = currentAttempt();
  const failure = failureOf(call, error, ' in a promise that nobody awaits');
  attempt.stray ??= failure;
  if (attempt.over.signal.aborted) console.error(failure.message);
  return true;
}

/**
 * Calls a hook.
 *
 * @throws ExtensionError when it throws, or is asynchronous
 */
export function callHook<T>(call: Call, hook: () => T): T {
  let result: T;
  try {
    result = calls.run(call, hook);
  } catch (error) {
    throw failureOf(call, error);
  }
  if (!(result instanceof Promise)) return result;
  // Nobody waits for it, and what it throws must not end the process.
  result.catch(() => {});
  throw new ExtensionError(
    call,
    'returned a promise: hooks are synchronous, what has to be read belongs into a handler',
  );
}

/**
 * Waits for a handler, until the attempt is over.
 *
 * @throws ExtensionError for what is no error of ours; RetryableError when there is no time left
 */
export async function callHandler<T>(call: Call, work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const tooLate = new RetryableError(`the extension ${call.extension}, ${call.hook}, took longer than an attempt may`);
  const forget = whenOver(currentAttempt(), () => reject(tooLate));
  try {
    return await Promise.race([calls.run(call, work), promise]);
  } catch (error) {
    throw error instanceof SyncError ? error : failureOf(call, error);
  } finally {
    forget();
  }
}
