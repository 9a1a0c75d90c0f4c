import { toAttempt } from '../../test/doubles/attempts.ts';
import type { Finding } from './expected/finding.ts';
import { KINDS, type Kind } from './kinds.ts';
import type { Message } from './message.ts';

/** Poison may be rare, reviews are landmarks only, and no date of a price comes in a soak. */
const RARE: readonly Kind[] = ['poison', 'review', 'price-dates'];

/** Returns the kinds that the soak says nothing about, in words. */
export const hardlyAny = (messages: Message[]): string[] =>
  KINDS.filter(
    (kind) => !RARE.includes(kind) && messages.filter((one) => one.kind === kind).length < messages.length / 200,
  ).map((kind) => `hardly any notification was of the kind ${kind}`);

/** Returns the good messages that were given up, and the poison that was acknowledged. */
export const undelivered = (messages: Message[]): Finding[] =>
  messages.flatMap(({ id, kind, state, data }): Finding[] => {
    if (state === 'waiting') return [{ kind, what: 'lost', text: `message ${id} is still on its way` }];
    if ((kind === 'poison') === (state === 'dead')) return [];
    return [
      { kind, what: kind === 'poison' ? 'wrong' : 'lost', text: `message ${id} is ${state}: ${data.slice(0, 200)}` },
    ];
  });

/** Errors that say that a message can never succeed. */
const FINAL = ['PermanentError', 'InvalidMessageError'];

/**
 * Returns what looks in the function's log for good messages that were refused: redelivery may mend that, but what was wrong
 * was in another message, such as a bad event in the same bulk request.
 */
export function createRefusals() {
  const refused = new Map<string | undefined, string>();
  return {
    read(line: string): void {
      const { messageId, error } = toAttempt(line) ?? {};
      if (error && FINAL.includes(error.class)) refused.set(messageId, error.message);
    },
    findings: (messages: Message[]): Finding[] =>
      messages.flatMap(({ id, kind }) => {
        const reason = kind === 'poison' ? undefined : refused.get(id);
        if (reason === undefined) return [];
        return [
          { kind, what: 'wrong' as const, text: `message ${id} was refused, although it is a good one: ${reason}` },
        ];
      }),
  };
}
