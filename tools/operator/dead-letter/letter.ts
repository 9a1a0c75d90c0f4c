import type { Lane } from '../../../shared/handlers/index.ts';
import { openEnvelope } from '../../../shared/platform-format/envelope.ts';
import { parseNotification } from '../../../shared/platform-format/payload.ts';
import type { Notification } from '../../../shared/platform-format/schema.ts';
import { type DryRun, resourceOf, typeOf } from '../support/dry-run.ts';

/** Prefix of the attributes that Pub/Sub adds: https://cloud.google.com/pubsub/docs/handling-failures */
const SOURCE = 'CloudPubSubDeadLetterSource';

/** Attribute that a replayed message carries; `openEnvelope` reads it. */
const ORIGINAL = 'originalPublishTime';

/** Type and resource of what cannot be read. */
export const UNREADABLE = '?';

/** A message that was given up. */
export interface Letter {
  /** Pub/Sub's id in the dead-letter topic; another than in its attempts. Of a custom object the key. */
  id: string;
  /** The lane that gave it up; the first where it waits in a subscription of no lane. */
  lane: Lane;
  data: Uint8Array;
  /** Those that it was published with. */
  attributes: Record<string, string>;
  /** How often it was delivered in vain; undefined when Pub/Sub does not tell. */
  attempts: number | undefined;
  /** The subscription that gave it up. */
  source: string | undefined;
  /** When it was published first, in milliseconds since the epoch. */
  publishedAt: number;
  /** When it came to the dead-letter topic, likewise. */
  givenUpAt: number;
  /** Why it was given up, where whoever gave it up has said so. */
  error?: string;
}

/** A message as a pull gives it, as far as it is read. */
interface Pulled {
  messageId?: string | null;
  data?: Uint8Array | string | null;
  attributes?: Record<string, string> | null;
  publishTime?: { seconds?: unknown } | null;
}

/** Reads what was pulled from the dead letters of a lane. */
export function toLetter({ messageId, data, attributes, publishTime }: Pulled, lane: Lane = 'orders'): Letter {
  const all = attributes ?? {};
  const firstPublished = Date.parse(all[ORIGINAL] ?? all[`${SOURCE}TopicPublishTime`] ?? '');
  const givenUpAt = Number(publishTime?.seconds ?? 0) * 1000;
  return {
    id: messageId ?? '',
    lane,
    data: Buffer.from(data ?? ''),
    attributes: Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith(SOURCE))),
    attempts: Number(all[`${SOURCE}DeliveryCount`]) || undefined,
    source: all[`${SOURCE}Subscription`],
    publishedAt: Number.isNaN(firstPublished) ? givenUpAt : firstPublished,
    givenUpAt,
  };
}

/** The message to publish again: it tells its age, so that a payload of last week is not taken for the state of now. */
export const toReplayed = ({ data, attributes, publishedAt }: Letter) => ({
  data,
  attributes: { ...attributes, [ORIGINAL]: new Date(publishedAt).toISOString() },
});

/** Whether a replay has published it, and nobody has given it up since: it is on its way, and not to be replayed again. */
export const isOnItsWay = ({ attributes, source }: Letter): boolean => ORIGINAL in attributes && source === undefined;

/** The body of the push that the function would get. */
export const toPush = ({ id, data, publishedAt }: Letter) => ({
  message: {
    data: Buffer.from(data).toString('base64'),
    messageId: id,
    publishTime: new Date(publishedAt).toISOString(),
  },
});

/** Why it was given up, as far as a plan of now tells. */
export function likelyReason({ outcome, reason, writes }: DryRun): string {
  switch (outcome) {
    case 'failed':
      return reason ?? '';
    case 'gone':
      return `would be acknowledged now: ${reason}`;
    case 'ignored':
      return 'would be ignored now';
    case 'writes':
      return `would go through now, unless Klaviyo refuses it (${writes.length} ${writes.length === 1 ? 'write' : 'writes'})`;
  }
}

/** The notification that it holds; undefined when it cannot be read. */
export function notificationOf(letter: Letter): Notification | undefined {
  try {
    return parseNotification(openEnvelope(toPush(letter), true));
  } catch {
    return undefined;
  }
}

/** A letter's type and what it is about; `?` when it cannot be read. */
export function subjectOf(letter: Letter): [type: string, resource: string] {
  const notification = notificationOf(letter);
  return notification ? [typeOf(notification), resourceOf(notification)] : [UNREADABLE, UNREADABLE];
}
