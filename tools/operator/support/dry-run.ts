import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import { createCommercetools } from '../../../shared/commercetools/index.ts';
import type { Configuration } from '../../../shared/config/environment.ts';
import { GoneError, SyncError } from '../../../shared/errors.ts';
import type { Write } from '../../../shared/klaviyo/writes.ts';
import { createPlanner } from '../../../shared/planner.ts';
import { openEnvelope } from '../../../shared/platform-format/envelope.ts';
import { messageType } from '../../../shared/platform-format/message.ts';
import { parseNotification } from '../../../shared/platform-format/payload.ts';
import type { Notification } from '../../../shared/platform-format/schema.ts';
import { messageOf } from './cli.ts';

/** What would become of a message, without its being sent. */
export interface DryRun {
  outcome: 'writes' | 'ignored' | 'gone' | 'failed';
  /** Undefined when the message cannot be read. */
  notification?: Notification;
  handler?: string;
  /** What would be written to Klaviyo. */
  writes: Write[];
  warnings: string[];
  /** What the merchant's extension did to writes, by their names; empty where it did nothing, or where there is none. */
  adjusted: { write: string; what: 'changed' | 'dropped' }[];
  /** Why it failed, or that it is gone, in words without personal data. */
  reason?: string;
}

/**
 * Plans messages with the function's own handlers and never writes them.
 *
 * @returns takes whatever the function takes, a PlatformFormat payload included
 */
export function createDryRun(configuration: Configuration): (event: unknown) => Promise<DryRun> {
  // Klaviyo is not asked: an event is shown as of a customer whom Klaviyo does not know.
  const nobody = async () => undefined;
  const profiles = { byEmail: nobody, byExternalId: nobody };
  const { match, plan } = createPlanner(configuration, createCommercetools(configuration), profiles);

  return (event) => {
    const attempt = newAttempt(configuration.settings.limits.attemptSeconds * 1000);
    const { warnings } = attempt;
    const adjusted = () => [...(attempt.adjusted ?? [])].map(([write, what]) => ({ write, what }));
    return runAttempt(attempt, async () => {
      let known: Pick<DryRun, 'notification' | 'handler'> = {};
      try {
        const envelope = openEnvelope(event, true);
        const notification = parseNotification(envelope);
        const handler = match(notification);
        known = { notification, handler: handler?.name };
        const { publishedAt } = envelope;
        const writes = handler ? await plan(handler, { notification, publishedAt }) : [];
        return { outcome: writes.length > 0 ? 'writes' : 'ignored', ...known, writes, warnings, adjusted: adjusted() };
      } catch (error) {
        return { ...failure(error), ...known, writes: [], warnings, adjusted: adjusted() };
      }
    });
  };
}

function failure(error: unknown): Pick<DryRun, 'outcome' | 'reason'> {
  if (error instanceof GoneError) return { outcome: 'gone', reason: error.message };
  const status = error instanceof SyncError && error.status ? ` (status ${error.status})` : '';
  return { outcome: 'failed', reason: messageOf(error) + status };
}

/** The type that an operator knows a notification by: the message's, else the kind of change. */
export const typeOf = (notification: Notification): string =>
  messageType(notification) ?? notification.notificationType;

/** What a notification is about, as `order 1234`; `cart` for a Tick, empty for an Event. */
export function resourceOf(notification: Notification): string {
  if (notification.notificationType === 'Event') return '';
  const { typeId, id } = notification.resource;
  return notification.notificationType === 'Tick' ? typeId : `${typeId} ${id}`;
}
