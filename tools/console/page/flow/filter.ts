import { computed, signal } from '@preact/signals';
import type { FlowOutcome, FlowRow } from '../../api.ts';
import { rows } from '../data/flow.ts';

/** Which messages to see, by what became of them. */
export const KINDS = {
  all: { name: 'All', outcomes: undefined },
  open: { name: 'Under way', outcomes: ['waiting', 'running', 'failed'] },
  synced: { name: 'Synced', outcomes: ['synced'] },
  ignored: { name: 'Ignored', outcomes: ['ignored', 'gone'] },
  'given-up': { name: 'Given up', outcomes: ['given-up'] },
} as const satisfies Record<string, { name: string; outcomes: readonly FlowOutcome[] | undefined }>;
/** The name of a choice. */
export type Kind = keyof typeof KINDS;

/** What is typed, and which kind is chosen. */
export const text = signal('');
export const kind = signal<Kind>('all');
/** The messages as they were when somebody paused; undefined while they run. */
export const paused = signal<readonly FlowRow[] | undefined>(undefined);

const haystacks = new WeakMap<FlowRow, string>();
/** All words of a row that can be looked for. */
function haystackOf(row: FlowRow): string {
  const known = haystacks.get(row);
  if (known !== undefined) return known;
  const { messageId, type, resourceType, resourceId, label, handler, outcome, error, cause } = row;
  const words = [type, resourceType, label, handler, outcome, cause, messageId, resourceId, error];
  const haystack = words.filter(Boolean).join(' ').toLowerCase();
  haystacks.set(row, haystack);
  return haystack;
}

/** The messages to see, newest first. */
export const seen = computed<readonly FlowRow[]>(() => {
  const all = paused.value ?? rows.value;
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const outcomes: readonly FlowOutcome[] | undefined = KINDS[kind.value].outcomes;
  if (words.length === 0 && !outcomes) return all;
  return all.filter(
    (row) => (outcomes?.includes(row.outcome) ?? true) && words.every((word) => haystackOf(row).includes(word)),
  );
});

/** How many have come since the pause. */
export const unseen = computed(() => {
  const newest = paused.value?.[0]?.number ?? 0;
  return paused.value ? rows.value.findIndex(({ number }) => number <= newest) : 0;
});
