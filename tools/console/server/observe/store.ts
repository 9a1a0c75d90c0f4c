import type { FlowAttempt, FlowPage, FlowRow } from '../../api.ts';
import type { Message } from './message.ts';

/** Rows that are kept, and of how many of them payload, attempts and calls as well: what 10,000 orders need is some 100 MB. */
const ROWS = 20_000;
const DETAILS = 3000;

/** Which rows are asked for. */
interface FlowQuery {
  /** Rows before the one with this number. */
  before?: number;
  /** Words that all have to be in a row. */
  filter?: string;
  limit: number;
}

/** The newest messages. */
export interface Store {
  add(row: Omit<FlowRow, 'number'>): Message;
  find(messageId: string): Message | undefined;
  /** Gives rows newest first. */
  page(query: FlowQuery): FlowPage;
  /** Gives messages whose details are kept, newest first. */
  detailed(): Message[];
  /** Messages that are neither acknowledged nor given up. */
  open(): number;
  /** All messages since the start, or since everything was forgotten. */
  count(): number;
  /** The message is over. */
  close(message: Message): void;
  /** Remembers which attempt a trace belongs to. */
  trace(traceId: string, message: Message, attempt: FlowAttempt): void;
  traced(traceId: string): FlowAttempt | undefined;
  /** Forgets everything. Gives the ids of what was there. */
  clear(): string[];
}

/** Returns an empty store of so many messages. */
export function createStore(): Store {
  const messages = new Map<string, Message>();
  /** Of those with details, oldest first. */
  const details: Message[] = [];
  const attempts = new Map<string, FlowAttempt>();
  const open = new Set<string>();
  let number = 0;
  let forgotten = 0;
  /** Of the last message before everything was forgotten: numbers go on. */
  let cleared = 0;

  function forgetDetails(message: Message): void {
    for (const id of message.traceIds) attempts.delete(id);
    // What is under way still has to end, and to be logged.
    const running = message.attempts.filter(({ milliseconds }) => milliseconds === undefined);
    for (const { calls } of running) calls.length = 0;
    Object.assign(message, { content: undefined, attempts: running, traceIds: [], isForgotten: true });
  }

  function forgetOldest(): void {
    const oldest = details.length > DETAILS ? details.shift() : undefined;
    if (oldest) forgetDetails(oldest);
    const [first] = messages.size > ROWS ? messages.keys() : [];
    if (first === undefined) return;
    messages.delete(first);
    open.delete(first);
    forgotten += 1;
  }

  return {
    add(row) {
      number += 1;
      const message: Message = { row: { ...row, number }, attempts: [], traceIds: [], isForgotten: false };
      messages.set(row.messageId, message);
      open.add(row.messageId);
      details.push(message);
      forgetOldest();
      return message;
    },
    find: (messageId) => messages.get(messageId),
    page({ before = Number.POSITIVE_INFINITY, filter = '', limit }) {
      const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
      const found = [...messages.values()].filter(({ row }) => words.length === 0 || isFound(row, words)).reverse();
      const older = found.filter(({ row }) => row.number < before);
      const rows = older.slice(0, limit).map(({ row }) => row);
      return { rows, total: found.length, hasMore: older.length > limit, forgotten };
    },
    detailed: () => details.toReversed(),
    open: () => open.size,
    count: () => number - cleared,
    close: ({ row }) => void open.delete(row.messageId),
    trace(traceId, message, attempt) {
      if (message.isForgotten) return;
      message.traceIds.push(traceId);
      attempts.set(traceId, attempt);
    },
    traced: (traceId) => attempts.get(traceId),
    clear() {
      const ids = [...messages.keys()];
      for (const map of [messages, attempts, open]) map.clear();
      details.length = 0;
      forgotten = 0;
      cleared = number;
      return ids;
    },
  };
}

function isFound(row: FlowRow, words: string[]): boolean {
  const { messageId, type, resourceType, resourceId, label, handler, outcome, cause, error } = row;
  const text = [messageId, type, resourceType, resourceId, label, handler, outcome, cause, error]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
