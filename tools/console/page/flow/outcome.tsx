import type { FlowOutcome, FlowRow } from '../../api.ts';
import { Badge, type Tone } from '../kit/basics.tsx';

const SHOWN: Record<FlowOutcome, { text: string; tone: Tone; busy?: boolean }> = {
  waiting: { text: 'waiting', tone: 'plain' },
  running: { text: 'running', tone: 'plain', busy: true },
  failed: { text: 'retrying', tone: 'warn', busy: true },
  synced: { text: 'synced', tone: 'good' },
  ignored: { text: 'ignored', tone: 'plain' },
  gone: { text: 'gone', tone: 'plain' },
  'given-up': { text: 'given up', tone: 'bad' },
};

/** What became of a message so far. */
export function Outcome({ outcome }: { outcome: FlowOutcome }) {
  const { text, tone, busy } = SHOWN[outcome];
  return (
    <Badge tone={tone} busy={busy}>
      {text}
    </Badge>
  );
}

/** What people call the resource of a message: its number or key, else the beginning of its id. */
export function resourceOf({ resourceType, resourceId, label }: FlowRow): string {
  const name = label ?? resourceId.slice(0, 8);
  return name.startsWith(`${resourceType}-`) ? name.replace('-', ' ') : `${resourceType.replaceAll('-', ' ')} ${name}`;
}
