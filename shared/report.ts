import type { Attempt } from './attempt.ts';
import { toldSafely } from './console.ts';
import { CredentialsError, RetryableError, SyncError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { Delivery } from './platform-format/decode.ts';
import { messageType } from './platform-format/notification.ts';

/** The one log line of an attempt, filled in as more becomes known of it. */
export interface AttemptLine {
  about(delivery: Delivery, handler: string | undefined): void;
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
      about({ notification, messageId, publishedAt, deliveryAttempt, traceId }, handler) {
        const { notificationType } = notification;
        about = {
          messageId,
          deliveryAttempt,
          ageMilliseconds: publishedAt && started - publishedAt,
          notificationType,
          notificationId: typeof notification.id === 'string' ? notification.id : undefined,
          messageType: messageType(notification),
          resource: notificationType === 'Event' ? undefined : notification.resource,
          handler,
          'logging.googleapis.com/trace':
            traceId && googleCloudProject && `projects/${googleCloudProject}/traces/${traceId}`,
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
