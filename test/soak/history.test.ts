import { expect, it } from 'vitest';
import { type HistoryOptions, soakHistory } from '../../tools/soak/history.ts';

/** More customers than are written one by one, so that jobs import them. */
const SHORT: HistoryOptions = { orders: 900, messages: 80, seed: 7, faultRate: 0.125, kills: 1 };

it('a backfill beside live traffic leaves Klaviyo as the shop is, whatever fails and however often it is killed', async () => {
  const { findings, problems, kills, batches } = await soakHistory(SHORT);
  expect({ findings, problems }).toEqual({ findings: [], problems: [] });
  expect(kills, 'kills').toBe(1);
  expect(batches, 'bulk requests').toBeGreaterThan(0);
});
