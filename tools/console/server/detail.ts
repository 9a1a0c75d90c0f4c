import type { FlowAttempt, FlowCall, FlowDetail } from '../api.ts';
import { isTooDeep } from '../levels.ts';
import { parseJson } from './http/json.ts';
import { found } from './http/problem.ts';
import type { Flow } from './observe/flow.ts';
import type { Message } from './observe/message.ts';
import { type Planning, toPlan } from './plan.ts';

/** Requests that may carry events of several messages. */
const BULK = '/api/event-bulk-create-jobs';

/** Ids of the events that a plan has. */
const eventIdsOf = (plan: Awaited<ReturnType<Planning>>): string[] =>
  plan.writes.flatMap((write) => (write.kind === 'createEvent' ? [write.event.uniqueId] : []));

/** The requests that others made while an attempt was under way, and that carried these events. */
function sharedCalls(flow: Flow, own: Message, { startedAt, milliseconds }: FlowAttempt, eventIds: readonly string[]) {
  const end = startedAt + (milliseconds ?? Number.POSITIVE_INFINITY);
  return flow.detailed().flatMap((message) =>
    message === own
      ? []
      : message.attempts.flatMap((attempt) =>
          attempt.calls.flatMap((call): FlowCall[] => {
            const at = attempt.startedAt + call.offset;
            if (at < startedAt || at > end || !call.path.startsWith(BULK) || !carries(call.body, eventIds)) return [];
            return [{ ...call, offset: at - startedAt, isShared: true }];
          }),
        ),
  );
}

function carries(body: unknown, eventIds: readonly string[]): boolean {
  const text = JSON.stringify(body) ?? '';
  return eventIds.some((id) => text.includes(JSON.stringify(id)));
}

const textOf = ({ content }: Message): string => Buffer.from(content?.data ?? '', 'base64').toString();

/** Gives all that is known of a message, with what it would write now. Throws a 404 when it is not known. */
export async function showMessage(flow: Flow, planning: Planning, messageId: string): Promise<FlowDetail> {
  const message = found(flow.find(messageId), `message ${messageId} among those that are kept`);
  const { row, content, attempts, isForgotten } = message;
  if (!content) return { row, attributes: {}, isForgotten, attempts: isForgotten ? [] : attempts };
  const payload = parseJson(textOf(message));
  const plan = await planning({
    message: { ...content, messageId, publishTime: new Date(row.publishedAt).toISOString() },
  });
  const eventIds = row.events?.bulk ? eventIdsOf(plan) : [];
  const withShared = (attempt: FlowAttempt): FlowAttempt => {
    const shared = eventIds.length > 0 ? sharedCalls(flow, message, attempt, eventIds) : [];
    return { ...attempt, calls: [...attempt.calls, ...shared].sort((one, other) => one.offset - other.offset) };
  };
  return {
    ...{ row, attributes: content.attributes, isForgotten },
    payload: 'value' in payload && !isTooDeep(payload.value) ? payload.value : textOf(message),
    plan: toPlan(plan),
    attempts: attempts.map(withShared),
  };
}
