import { describe, expect, it } from 'vitest';
import { type HistoryOptions, soakHistory } from '../../tools/soak/history.ts';
import { buildPatchedHistory, type Patch } from '../../tools/soak/patched-build.ts';

const TINY: HistoryOptions = { orders: 150, messages: 40, seed: 7, faultRate: 0, kills: 0 };

/** A careless change, and what it does. */
interface Breakage {
  patches: Patch[];
  /** Of findings and problems one that tells of this change and no other. */
  does: unknown;
  options?: Partial<HistoryOptions>;
}

const finding = (text: string) => expect.objectContaining({ text: expect.stringContaining(text) });

const BREAKAGES: Record<string, Breakage> = {
  'writes history as if it happened now': {
    patches: [
      {
        file: 'shared/history/orders/contexts.ts',
        from: 'const HISTORY_ENDS = Number.POSITIVE_INFINITY;',
        to: 'const HISTORY_ENDS = 0;',
      },
    ],
    does: finding('may fire a flow'),
  },
  'knows no cut-off': {
    patches: [
      {
        file: 'tools/operator/history/options.ts',
        from: 'const cutOff = now - HOUR;',
        to: 'const cutOff = now + 48 * HOUR;',
      },
    ],
    does: finding('fires no flow'),
  },
  'trusts a 202': {
    patches: [
      {
        file: 'shared/history/orders/look-again.ts',
        from: 'if (last.events === ledger.events()) return last.counts;',
        to: 'if (last.events >= 0) return last.counts;',
      },
    ],
    options: { klaviyo: { bulkEventLoss: 1 } },
    does: expect.stringContaining('reconcile does not say equal'),
  },
};

it('a backfill that keeps its promises is found to be right, though every bulk request is lost', async () => {
  const { findings, problems } = await soakHistory({ ...TINY, klaviyo: { bulkEventLoss: 1 } });
  expect([...findings, ...problems]).toEqual([]);
});

describe('a broken backfill that', () => {
  it.each(Object.entries(BREAKAGES))('%s is found out', async (name, { patches, does, options }) => {
    const program = await buildPatchedHistory(name.replaceAll(' ', '-'), patches);
    const { findings, problems } = await soakHistory({ ...TINY, program, ...options });
    expect([...findings, ...problems]).toContainEqual(does);
  });
});
