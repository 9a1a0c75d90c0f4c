import type { Attempt } from '../attempt.ts';
import { CredentialsError, RetryableError, SyncError } from '../errors.ts';
import type { Envelope } from '../platform-format/decode.ts';
import { messageType } from '../platform-format/message.ts';
import type { Notification } from '../platform-format/schema.ts';
import { toldSafely } from '../process/console.ts';
import type { Logger } from './logger.ts';

/** The one log line of an attempt, filled in as more becomes known of it. */
export interface AttemptLine {
  /** Takes what is known before the content is looked at. */
  arrived(envelope: Envelope): void;
  about(notification: Notification, handler: string | undefined): void;
  /** Writes the line of a message that is acknowledged. */
  done(outcome: string): void;
  /** Writes the line of an attempt that failed, and gives the error that may be thrown out of the process. */
  failed(error: unknown): Error;
}

/**
 * Writes what an operator asks of a message: which, what became of it, why, how long it took. Never a value of a
 * customer: an error is told by its class, status, code, pointer and our own words.
 *
 * @param googleCloudProject for links to traces
 */
export const createReport =
  (logger: Logger, googleCloudProject: string | undefined) =>
  (attempt: Attempt): AttemptLine => {
    const started = Date.now();
    let about: Record<string, unknown> = {};
    const figures = () => ({
      calls: attempt.calls,
      milliseconds: Date.now() - started,
      ...(attempt.warnings.length > 0 && { warnings: attempt.warnings }),
    });
    return {
      arrived({ messageId, publishedAt, deliveryAttempt, traceId }) {
        about = {
          messageId,
          deliveryAttempt,
          ageMilliseconds: publishedAt && started - publishedAt,
          'logging.googleapis.com/trace':
            traceId && googleCloudProject && `projects/${googleCloudProject}/traces/${traceId}`,
        };
      },
      about(notification, handler) {
        const { notificationType } = notification;
        about = {
          ...about,
          notificationType,
          notificationId: typeof notification.id === 'string' ? notification.id.slice(0, 64) : undefined,
          messageType: messageType(notification),
          resource: notificationType === 'Event' ? undefined : named(notification.resource),
          handler,
        };
      },
      done(outcome) {
        const level = attempt.warnings.length > 0 ? 'warn' : 'info';
        logger[level]({ ...about, outcome, ...figures() }, outcome);
      },
      failed(error) {
        const failure = error instanceof SyncError ? error : unexpected(error);
        const { name, status, code, pointer, message } = failure;
        const told = { class: name, status, code, pointer, message };
        const stack = failure instanceof RetryableError ? undefined : failure.stack;
        const line = { ...about, outcome: 'failed', ...figures(), error: told, stack_trace: stack };
        logger[levelOf(failure)](line, `failed: ${message}`);
        // The framework prints the stack of what is thrown, or, when it has none, hands the error itself to `redirectConsole`.
        failure.stack = '';
        return failure;
      },
    };
  };

/** A resource without what else may come with its reference. */
const named = ({ typeId, id }: { typeId: string; id: string }) => ({ typeId, id });

/** What passes by itself is a warning; refused credentials wake somebody. */
function levelOf(failure: SyncError): 'fatal' | 'warn' | 'error' {
  if (failure instanceof CredentialsError) return 'fatal';
  return failure instanceof RetryableError ? 'warn' : 'error';
}

/** An error of which nobody thought: its message may hold anything, so only its kind and place are told. */
function unexpected(error: unknown): SyncError {
  const { name, frames } = toldSafely(error instanceof Error ? error : new Error());
  const failure = new SyncError(`unexpected ${name}`);
  failure.stack = [name, ...frames].join('\n');
  return failure;
}
