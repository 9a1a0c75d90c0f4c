import type { AttemptLine } from '../../../../test/doubles/attempts.ts';
import type { RecordedRequest } from '../../../../test/doubles/http.ts';
import type { OnPush, PushEnd } from '../../../../test/doubles/pubsub/relay.ts';
import { MAXIMUM_ATTEMPTS } from '../../../sandbox/play.ts';
import type { FlowAttempt, FlowOutcome, FlowRow, ServiceName } from '../../api.ts';
import { toCall } from './calls.ts';
import { type Content, endOf, factsOf, type Message, type Subject, subjectOf, subjectOfLine } from './message.ts';
import { createStore, type Store } from './store.ts';

/** How late a log line may be. */
const LATE_MILLISECONDS = 2000;

/** How a message ends for Pub/Sub. */
export type Ending = 'acknowledged' | 'given-up';

/** Told of what happens to messages. */
export interface FlowListener {
  /** A row is new, or has changed. */
  onRow(row: FlowRow): void;
  onPublished(): void;
  /** A delivery is over after so many milliseconds; with it the message, if there is an ending. */
  onDelivered(milliseconds: number, ending: Ending | undefined): void;
  /** An attempt was logged that sent events. */
  onEvents(events: NonNullable<FlowRow['events']>): void;
}

/** What is known of messages, put together from what each side sees. */
export interface Flow extends Omit<Store, 'add' | 'close' | 'trace' | 'traced' | 'clear'> {
  /** A message was published here. */
  published(messageId: string, content: Content, cause: string): void;
  /** Pub/Sub delivers a message. */
  onPush: OnPush;
  /** The function has logged an attempt. */
  logged(line: AttemptLine): void;
  /** The function has made a call. */
  called(service: ServiceName, call: RecordedRequest): void;
  /** Forgets all messages: those that wait are delivered no more. Resolves when no delivery is under way. */
  forget(): Promise<void>;
}

/** Returns an empty flow. */
export function createFlow(listener: FlowListener): Flow {
  const { add, close, trace, traced, clear, ...store } = createStore();
  const underWay = new Set<Promise<void>>();
  /** Milliseconds since the epoch: what was published until then is nobody's business. */
  let forgottenAt = 0;
  let forgottenIds = new Set<string>();

  function added(messageId: string, subject: Subject, publishedAt: number): Message {
    listener.onPublished();
    return add({ messageId, publishedAt, outcome: 'waiting', attempts: 0, ...subject });
  }

  function known(messageId: string, content: Content, publishedAt: number): Message {
    const message = store.find(messageId) ?? added(messageId, subjectOf(content), publishedAt);
    if (!message.isForgotten) message.content ??= content;
    return message;
  }

  function change(message: Message, changes: Partial<FlowRow>): void {
    Object.assign(message.row, changes);
    listener.onRow(message.row);
  }

  function end(message: Message, attempt: FlowAttempt, answer: PushEnd): void {
    const milliseconds = Date.now() - attempt.startedAt;
    Object.assign(attempt, { milliseconds, ...answer });
    const ending = endingOf(attempt);
    listener.onDelivered(milliseconds, ending);
    if (ending) close(message);
    change(message, {
      ...(attempt.log === undefined && { milliseconds, error: attempt.failure }),
      ...(ending && { totalMilliseconds: Date.now() - message.row.publishedAt }),
      outcome: outcomeOf(attempt, ending),
    });
    // Its log line is on its way, unless the process was killed meanwhile.
    if (ending === 'acknowledged' && !attempt.log)
      setTimeout(() => conclude(message, attempt), LATE_MILLISECONDS).unref();
  }

  function conclude(message: Message, attempt: FlowAttempt): void {
    if (!attempt.log && message.row.attempts === attempt.number) change(message, { outcome: 'synced' });
  }

  return {
    ...store,

    published(messageId, content, cause) {
      change(known(messageId, content, Date.now()), { cause });
    },

    onPush({ message: { messageId, data, attributes, publishTime }, traceId }) {
      const publishedAt = Date.parse(publishTime);
      if (publishedAt <= forgottenAt) return undefined;
      const message = known(messageId, { data, attributes }, publishedAt);
      const number = message.row.attempts + 1;
      const attempt: FlowAttempt = { number, startedAt: Date.now(), calls: [] };
      if (message.isForgotten) message.attempts.length = 0;
      message.attempts.push(attempt);
      trace(traceId, message, attempt);
      change(message, { attempts: number, outcome: 'running' });
      const { promise, resolve } = Promise.withResolvers<void>();
      underWay.add(promise);
      return (answer) => {
        underWay.delete(promise);
        resolve();
        if (!forgottenIds.has(messageId)) end(message, attempt, answer);
      };
    },

    logged(line) {
      const { messageId, events } = line;
      if (events) listener.onEvents(events);
      if (messageId === undefined || forgottenIds.has(messageId)) return;
      const message = store.find(messageId) ?? added(messageId, subjectOfLine(line), Date.now());
      const attempt = message.attempts.findLast(({ log }) => log === undefined);
      if (attempt) attempt.log = line;
      // What came past Pub/Sub is over when it is logged.
      else if (!message.isForgotten) close(message);
      const isOver = attempt ? endingOf(attempt) === 'acknowledged' : true;
      change(message, {
        ...factsOf(line),
        ...(isOver && { outcome: endOf(line) }),
        ...(!attempt && !message.isForgotten && { attempts: message.row.attempts + 1 }),
      });
    },

    called(service, call) {
      const attempt = traced(call.traceparent?.slice(3, 35) ?? '');
      attempt?.calls.push(toCall(service, call, attempt.startedAt));
    },

    async forget() {
      forgottenAt = Date.now();
      forgottenIds = new Set(clear());
      await Promise.all(underWay);
    },
  };
}

function outcomeOf({ log }: FlowAttempt, ending: Ending | undefined): FlowOutcome {
  if (ending !== 'acknowledged') return ending ?? 'failed';
  return log ? endOf(log) : 'running';
}

function endingOf({ number, status, failure }: FlowAttempt): Ending | undefined {
  if (status !== undefined && status < 300) return 'acknowledged';
  const isOver = status !== undefined || failure !== undefined;
  return isOver && number >= MAXIMUM_ATTEMPTS ? 'given-up' : undefined;
}
