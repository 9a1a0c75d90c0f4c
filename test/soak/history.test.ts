import { describe, expect, it } from 'vitest';
import { type HistoryOptions, soakHistory } from '../../tools/soak/history.ts';
import { buildPatchedHistory, type Patch } from '../../tools/soak/patched-build.ts';

/** More customers than are written one by one, so that jobs import them. */
const SHORT: HistoryOptions = { orders: 900, messages: 80, seed: 7, faultRate: 0.125, kills: 1 };

it('a backfill beside live traffic leaves Klaviyo as the shop is, whatever fails and however often it is killed', async () => {
  const { findings, problems, kills, batches } = await soakHistory(SHORT);
  expect({ findings, problems }).toEqual({ findings: [], problems: [] });
  expect(kills, 'kills').toBe(1);
  expect(batches, 'bulk requests').toBeGreaterThan(0);
});

const TINY: HistoryOptions = { ...SHORT, orders: 150, messages: 40, faultRate: 0, kills: 0 };

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

describe('a broken backfill that', () => {
  it.each(Object.entries(BREAKAGES))('%s is found out', async (name, { patches, does, options }) => {
    const program = await buildPatchedHistory(name.replaceAll(' ', '-'), patches);
    const { findings, problems } = await soakHistory({ ...TINY, program, ...options });
    expect([...findings, ...problems]).toContainEqual(does);
  });
});
