import type { Attempt } from '../attempt.ts';
import { ExtensionError, SyncError } from '../errors.ts';
import type { Envelope } from '../platform-format/envelope.ts';
import { messageType } from '../platform-format/message.ts';
import type { Notification } from '../platform-format/schema.ts';
import type { Logger } from './logger.ts';
import { safeToLog } from './safely.ts';

/** The one log line of an attempt. Its fields are added as they become known. */
export interface AttemptReport {
  /** Adds id, age and trace before the payload is parsed, so that a malformed message can be found by its id. */
  addEnvelope(envelope: Envelope): void;
  addNotification(notification: Notification, handler: string | undefined): void;
  /** Writes the line of a message that is acknowledged. */
  succeed(outcome: string): void;
  /** Writes the line of an attempt that failed. Returns the error that may be thrown out of the process. */
  fail(error: unknown): SyncError;
}

/**
 * Writes what an operator asks of a message: which one, the outcome, the reason, how long it took. Never a value of a
 * customer: an error is logged as its class, status, code, pointer and our own words.
 *
 * @param googleCloudProject for links to traces
 */
export const createReport =
  (logger: Logger, googleCloudProject: string | undefined) =>
  (attempt: Attempt): AttemptReport => {
    const started = Date.now();
    let fields: Record<string, unknown> = {};
    const figures = () => ({
      calls: attempt.calls,
      ...(Object.values(attempt.events).some(Boolean) && { events: attempt.events }),
      ...(attempt.adjusted && { adjusted: countsOf(attempt.adjusted) }),
      milliseconds: Date.now() - started,
      ...(attempt.warnings.length > 0 && { warnings: attempt.warnings }),
    });
    return {
      addEnvelope({ messageId, publishedAt, deliveryAttempt, traceId }) {
        fields = {
          messageId,
          deliveryAttempt,
          ageMilliseconds: publishedAt && started - publishedAt,
          'logging.googleapis.com/trace':
            traceId && googleCloudProject && `projects/${googleCloudProject}/traces/${traceId}`,
        };
      },
      addNotification(notification, handler) {
        const { notificationType } = notification;
        fields = {
          ...fields,
          notificationType,
          notificationId: typeof notification.id === 'string' ? notification.id.slice(0, 64) : undefined,
          messageType: messageType(notification),
          resource: notificationType === 'Event' ? undefined : typeAndId(notification.resource),
          handler,
        };
      },
      succeed(outcome) {
        const level = attempt.warnings.length > 0 ? 'warn' : 'info';
        logger[level]({ ...fields, outcome, ...figures() }, outcome);
      },
      fail(error) {
        const failure = error instanceof SyncError ? error : unexpected(error);
        const { name, status, code, pointer, message, retry } = failure;
        const line = {
          ...fields,
          outcome: 'failed',
          ...figures(),
          error: {
            class: name,
            status,
            code,
            pointer,
            message,
            ...(failure instanceof ExtensionError && failure.place),
          },
          stack_trace: retry === 'never' ? failure.stack : undefined,
        };
        logger[LEVELS[retry]](line, `failed: ${message}`);
        return alreadyLogged(failure);
      },
    };
  };

/**
 * Returns an error that may be thrown to the functions-framework without being logged twice. The framework prints the stack
 * of what is thrown; without a stack it hands the error itself to `console.error`, where `redirectConsole` drops our errors.
 */
function alreadyLogged(error: SyncError): SyncError {
  error.stack = '';
  return error;
}

/** What passes by itself is a warning; refused credentials wake somebody. */
const LEVELS = { soon: 'warn', later: 'fatal', never: 'error' } as const satisfies Record<SyncError['retry'], string>;

/** How many writes an extension has changed, and how many it has dropped. */
const countsOf = (adjusted: NonNullable<Attempt['adjusted']>) => {
  const count = (what: string) => [...adjusted.values()].filter((value) => value === what).length;
  return { changed: count('changed'), dropped: count('dropped') };
};

/** Only type and id, which a tick has none of: an expanded reference carries the whole resource, personal data included. */
const typeAndId = ({ typeId, id }: { typeId: string; id?: unknown }) => ({ typeId, id });

/** An error that nobody expected: its message may hold anything, so only its class and place are logged. */
function unexpected(error: unknown): SyncError {
  const { name, frames } = safeToLog(error instanceof Error ? error : new Error());
  const failure = new SyncError(`unexpected ${name}`);
  failure.stack = [name, ...frames].join('\n');
  return failure;
}
