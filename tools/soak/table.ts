import { KINDS } from './kinds.ts';
import type { SoakResult } from './run.ts';

const COLUMNS = ['kind', 'sent', 'delivered', 'applied', 'retried', 'doubled', 'lost', 'wrong', 'dead-lettered'];

/** The figures of a soak by kind, and how the events came, as text. */
export function table({ messages, findings, arrivals }: SoakResult): string {
  const rows = KINDS.map((kind) => {
    const own = messages.filter((message) => message.kind === kind);
    const found = (what: string) => findings.filter((finding) => finding.kind === kind && finding.what === what).length;
    const inState = (state: string) => own.filter((message) => message.state === state).length;
    const deliveries = own.reduce((sum, { attempts }) => sum + attempts, 0);
    return [
      own.length,
      deliveries,
      inState('acknowledged'),
      own.reduce((sum, { failures }) => sum + failures, 0),
      found('doubled'),
      found('lost'),
      found('wrong'),
      inState('dead'),
    ];
  });
  const total = rows.reduce((sums, row) => sums.map((sum, index) => sum + (row[index] ?? 0)));
  const lines = [...KINDS.map((kind, index) => [kind, ...(rows[index] ?? [])]), ['all', ...total]];
  const { single, bulk, batches } = arrivals;
  const rowsOfText = [COLUMNS, ...lines]
    .map((line) =>
      line.map((cell, index) => (index === 0 ? String(cell).padEnd(14) : String(cell).padStart(14))).join(''),
    )
    .map((line) => line.trimEnd());
  return [...rowsOfText, '', `events: ${single} came one by one, ${bulk} in ${batches} bulk requests`].join('\n');
}
