import type { Consent } from '../../api.ts';
import { Badge, type Tone } from '../kit/basics.tsx';

const SHOWN: Record<Consent, [string, Tone]> = {
  SUBSCRIBED: ['subscribed', 'good'],
  UNSUBSCRIBED: ['unsubscribed', 'warn'],
  NEVER_SUBSCRIBED: ['never subscribed', 'plain'],
};

/** Whether somebody may be written to. */
export function ConsentBadge({ consent }: { consent: Consent }) {
  const [text, tone] = SHOWN[consent];
  return <Badge tone={tone}>{text}</Badge>;
}
