import { effect, signal } from '@preact/signals';
import type { FlowPage, FlowRow } from '../../api.ts';
import { changesOf } from './live.ts';
import { ask, query } from './request.ts';

/** The most that one answer brings, and the most that is held. */
const AT_ONCE = 2000;
const HELD = 20_000;

/** Every message that is known, newest first. */
export const rows = signal<readonly FlowRow[]>([]);
/** Whether the first rows have come. */
export const isLoaded = signal(false);

/** Takes rows in: those of messages that are known replace theirs, others come first. */
export function takeRows(incoming: readonly FlowRow[]): void {
  if (incoming.length === 0) return;
  const fresh = new Map(incoming.map((row) => [row.messageId, row]));
  const known = rows.value.map((row) => {
    const later = fresh.get(row.messageId);
    if (later === undefined) return row;
    fresh.delete(row.messageId);
    return later;
  });
  const merged = [...fresh.values(), ...known];
  // Older ones come late when the server is asked for them.
  if (fresh.size > 0) merged.sort((one, other) => other.number - one.number);
  rows.value = merged.slice(0, HELD);
}

/** The row of a message. */
export const rowOf = (messageId: string): FlowRow | undefined => rows.value.find((row) => row.messageId === messageId);

let loading = 0;
/** Asks for everything that the server holds, page by page; what comes meanwhile stays. */
async function load(): Promise<void> {
  loading += 1;
  const turn = loading;
  let before: number | undefined;
  let isFirst = true;
  for (;;) {
    const page = await ask<FlowPage>(`/api/flow${query({ limit: AT_ONCE, before })}`);
    if (turn !== loading) return;
    if (isFirst) rows.value = [];
    isFirst = false;
    takeRows(page.rows);
    isLoaded.value = true;
    before = page.rows.at(-1)?.number;
    if (!page.hasMore || before === undefined || rows.value.length >= HELD) return;
  }
}

/** Keeps the rows as the server has them. */
export const followFlow = () =>
  effect(() => {
    if (changesOf('flow') > 0) void load().catch(() => {});
  });
