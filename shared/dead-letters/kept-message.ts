import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { SyncError } from '../errors.ts';
import { type Envelope, lenient } from '../platform-format/envelope.ts';

/** What a custom object holds of a message that was given up. */
export const keptMessage = z.looseObject({
  /** The message as it was published, where it is text; else `base64`. */
  payload: z.string().optional(),
  base64: z.string().optional(),
  attributes: z.record(z.string(), z.string()).catch({}),
  messageId: lenient(z.string()),
  /** ISO 8601. */
  publishedAt: lenient(z.iso.datetime()),
  givenUpAt: z.iso.datetime(),
  /** Why, in words that hold no value of a customer. */
  error: lenient(
    z.looseObject({
      class: z.string(),
      message: z.string(),
      status: lenient(z.number()),
      code: lenient(z.string()),
      pointer: lenient(z.string()),
    }),
  ),
});

/** A message that was given up. */
export type KeptMessage = z.output<typeof keptMessage>;

const pushed = z.looseObject({
  message: z.looseObject({ data: z.string(), attributes: lenient(z.record(z.string(), z.string())) }),
});

/**
 * Returns a message that is given up as it is kept, and the key that all its deliveries share: the id of the message, else a hash
 * of its content. A custom object's key takes letters, digits, `-`, `_`, `~` and `.`, up to 256 of them.
 *
 * @param now milliseconds since the epoch
 */
export function toKept(envelope: Envelope, error: SyncError, now: number): { key: string; value: KeptMessage } {
  const { content, messageId, publishedAt } = envelope;
  const { data } = pushed.safeParse('push' in content ? content.push : undefined);
  const whole = 'push' in content ? content.push : content.payload;
  const bytes = data ? bytesOf(data.message.data) : Buffer.from(JSON.stringify(whole ?? null));
  const isPlain = messageId !== undefined && /^[-\w~.]{2,256}$/.test(messageId);
  const { name, message, status, code, pointer } = error;
  return {
    key: isPlain ? messageId : createHash('sha256').update(bytes).digest('hex'),
    value: {
      ...(isUtf8(bytes) ? { payload: bytes.toString('utf8') } : { base64: bytes.toString('base64') }),
      attributes: data?.message.attributes ?? {},
      messageId,
      publishedAt: publishedAt === undefined ? undefined : new Date(publishedAt).toISOString(),
      givenUpAt: new Date(now).toISOString(),
      error: { class: name, message, status, code, pointer },
    },
  };
}

/** Returns what was published. Where a queue hands it over without Base64, decoding would keep half of it: it stays as it is. */
function bytesOf(data: string): Buffer {
  const bytes = Buffer.from(data, 'base64');
  const bare = (text: string) =>
    text
      .replace(/[\s=]+/g, '')
      .replace(/-/g, '+')
      .replace(/_/g, '/');
  return bare(bytes.toString('base64')) === bare(data) ? bytes : Buffer.from(data);
}

/** Returns the message as it was published. */
export const contentOf = ({ payload, base64 = '' }: KeptMessage): Buffer =>
  payload === undefined ? Buffer.from(base64, 'base64') : Buffer.from(payload);
