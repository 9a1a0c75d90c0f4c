/**
 * What became of a message so far: `waiting` for its first attempt, under way (`running`), failed and to be delivered again
 * (`failed`), or over.
 */
export type FlowOutcome = 'waiting' | 'running' | 'failed' | 'synced' | 'ignored' | 'gone' | 'given-up';

/** A message in a line. Rows come in `flow` events and in `GET /api/flow`; a later row of a `messageId` replaces the earlier. */
export interface FlowRow {
  /** Pub/Sub's. */
  messageId: string;
  /** Rises with each message that is seen; what `before` takes. */
  number: number;
  publishedAt: number;
  /** Such as `OrderCreated`, `ResourceUpdated` or `Tick`; `?` for what cannot be read. */
  type: string;
  /** Such as `order`; empty when there is none. */
  resourceType: string;
  resourceId: string;
  /** What people call it: an order's number, a SKU, a key. */
  label?: string;
  /** Undefined until it is known, and where none takes the notification. */
  handler?: string;
  outcome: FlowOutcome;
  attempts: number;
  /** Of the last attempt that is over. */
  milliseconds?: number;
  /** From its publication until it was acknowledged or given up. */
  totalMilliseconds?: number;
  calls?: { commercetools: number; klaviyo: number };
  /** How its events went. */
  events?: { single: number; bulk: number; bulkRequests: number };
  /** Of the last attempt, when it failed. */
  error?: string;
  /** What published it: a button of Shop, such as `ship`, `burst`, `again`, `replay`; undefined for anybody else. */
  cause?: string;
}

/** `GET /api/flow?before=NUMBER&filter=TEXT&limit=N`: newest first; `limit` is 200 by default and 2,000 at most. */
export interface FlowPage {
  rows: FlowRow[];
  /** Of what the filter finds, and whether there are older ones than these. */
  total: number;
  hasMore: boolean;
  /** Messages that are forgotten, as only so many are kept. */
  forgotten: number;
}

/** `GET /api/flow/{messageId}`. */
export interface FlowDetail {
  row: FlowRow;
  /** The notification as JSON, or as text when it is none; undefined once it is forgotten. */
  payload?: unknown;
  attributes: Record<string, string>;
  isForgotten: boolean;
  /** What it would write now. */
  plan?: Plan;
  /** Oldest first. */
  attempts: FlowAttempt[];
}

/** One delivery. */
export interface FlowAttempt {
  /** From 1. */
  number: number;
  startedAt: number;
  /** Until the answer; undefined while it is under way. */
  milliseconds?: number;
  /** What Pub/Sub was answered; undefined while it is under way, and when the process was gone. */
  status?: number;
  /** Why there is no log line: the process was killed or not up. */
  failure?: string;
  /** The function's log line, as it is. */
  log?: Record<string, unknown>;
  calls: FlowCall[];
}

/** A call that the function made for a message. */
export interface FlowCall {
  service: 'commercetools' | 'klaviyo';
  method: string;
  /** With the query. */
  path: string;
  /** Undefined when it was never answered. */
  status?: number;
  /** After the attempt began, in milliseconds. */
  offset: number;
  milliseconds: number;
  /** The body that was sent, as JSON; undefined for none. */
  body?: unknown;
  /** Whether it was made for another message, and carried an event of this one too. */
  isShared?: boolean;
}

/** What a notification would write, by the function's own planner. */
export interface Plan {
  outcome: 'writes' | 'ignored' | 'gone' | 'failed';
  handler?: string;
  /** Why it failed, or that it is gone. */
  reason?: string;
  warnings: string[];
  /** What the merchant's extension did, by the names of the writes. */
  adjusted: { write: string; what: 'changed' | 'dropped' }[];
  writes: PlannedWrite[];
}

/** A write, in short and as it is. */
export interface PlannedWrite {
  /** Such as `upsertProfile`. */
  kind: string;
  target: string;
  fields: Record<string, string | number>;
  write: Record<string, unknown>;
}

/** `POST /api/flow/{messageId}/again`: the new message. */
export interface Published {
  messageIds: string[];
}
