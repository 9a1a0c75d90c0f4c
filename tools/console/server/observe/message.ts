import { parseNotification } from '../../../../shared/platform-format/payload.ts';
import type { Notification } from '../../../../shared/platform-format/schema.ts';
import type { AttemptLine } from '../../../../test/doubles/attempts.ts';
import { typeOf } from '../../../operator/support/dry-run.ts';
import type { FlowAttempt, FlowOutcome, FlowRow } from '../../api.ts';

/** A message as Pub/Sub has it. */
export interface Content {
  /** Base64. */
  data: string;
  attributes: Record<string, string>;
}

/** What is known of a message. */
export interface Message {
  row: FlowRow;
  /** Undefined once it is forgotten, and of a message that Pub/Sub did not deliver. */
  content?: Content;
  attempts: FlowAttempt[];
  /** Trace ids of its deliveries. */
  traceIds: string[];
  /** Whether payload, attempts and calls are kept no more. */
  isForgotten: boolean;
}

/** What a row says of the notification. */
export type Subject = Pick<FlowRow, 'type' | 'resourceType' | 'resourceId' | 'label'>;

const UNREADABLE: Subject = { type: '?', resourceType: '', resourceId: '' };

/** Reads what a message is about, as the function does; `?` for what cannot be read. */
export function subjectOf({ data }: Content): Subject {
  try {
    return toSubject(parseNotification({ content: { push: { message: { data } } } }));
  } catch {
    return UNREADABLE;
  }
}

function toSubject(notification: Notification): Subject {
  const type = typeOf(notification);
  if (notification.notificationType === 'Event') return { ...UNREADABLE, type };
  const { typeId: resourceType, id } = notification.resource;
  if (notification.notificationType === 'Tick') return { type, resourceType, resourceId: '' };
  const [label] = Object.values(notification.resourceUserProvidedIdentifiers ?? {}).filter(
    (value) => typeof value === 'string',
  );
  return { type, resourceType, resourceId: String(id), label };
}

/** What a log line says of a notification that was not seen on its way. */
export const subjectOfLine = ({ messageType, notificationType, resource }: AttemptLine): Subject => ({
  type: messageType ?? notificationType ?? '?',
  resourceType: resource?.typeId ?? '',
  resourceId: resource?.id ?? '',
});

/** What a log line says of an attempt and its message. */
export function factsOf({ handler, milliseconds, calls, events, error }: AttemptLine): Partial<FlowRow> {
  return { handler, milliseconds, calls, events, error: error && `${error.class}: ${error.message}` };
}

const ENDS: readonly FlowOutcome[] = ['synced', 'ignored', 'gone', 'failed'];

/** What an attempt came to, by its log line. */
export const endOf = (line: { outcome?: unknown }): FlowOutcome => ENDS.find((end) => end === line.outcome) ?? 'synced';
