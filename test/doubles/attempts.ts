import * as z from 'zod';

/** The log line of an attempt, as far as it is read here; the rest of it passes through. */
const attemptLine = z.looseObject({
  messageId: z.string().optional(),
  notificationType: z.string().optional(),
  messageType: z.string().optional(),
  resource: z.object({ typeId: z.string(), id: z.string().optional() }).optional(),
  handler: z.string().optional(),
  outcome: z.string(),
  milliseconds: z.number(),
  calls: z.object({ commercetools: z.number(), klaviyo: z.number() }).optional(),
  events: z.object({ single: z.number(), bulk: z.number(), bulkRequests: z.number() }).optional(),
  error: z.looseObject({ class: z.string(), message: z.string() }).optional(),
});

/** What the function logged of one delivery of one message. */
export type AttemptLine = z.output<typeof attemptLine>;

/** The attempts that a function has logged. */
export interface Attempts {
  /** Takes a line of the log, whatever it says. */
  read(line: string): void;
  /** Gives the attempts at a message; none of one that was long ago. */
  attempts(messageId: string): AttemptLine[];
}

/** Of how many messages the attempts are kept. */
const MESSAGES = 10_000;

/**
 * Picks the attempts out of a function's log.
 *
 * @param onAttempt called with each attempt, and which of its message it is, from 1
 */
export function readAttempts(onAttempt?: (attempt: AttemptLine, number: number) => void): Attempts {
  const byMessage = new Map<string, AttemptLine[]>();
  return {
    read(line) {
      const attempt = toAttempt(line);
      if (!attempt) return;
      const { messageId = '' } = attempt;
      const all = byMessage.get(messageId) ?? [];
      all.push(attempt);
      byMessage.set(messageId, all);
      const { value: oldest = '' } = byMessage.keys().next();
      if (byMessage.size > MESSAGES) byMessage.delete(oldest);
      onAttempt?.(attempt, all.length);
    },
    attempts: (messageId) => [...(byMessage.get(messageId) ?? [])],
  };
}

/** Returns the attempt that a line of the function's log is about; undefined for any other line. */
export function toAttempt(line: string): AttemptLine | undefined {
  try {
    return attemptLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
