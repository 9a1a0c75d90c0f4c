import { expect, it } from 'vitest';
import { drain } from '../../tools/soak/drain.ts';

const SHORT = { profiles: 300, orders: 100, processes: 2, scale: 6 };

it('a burst over Klaviyo’s limits drains completely and burns no attempts; how fast, `npm run soak:limits` tells', async () => {
  const { lines, bound, findings, deadLetters, attempts } = await drain(SHORT);
  expect(findings).toEqual([]);
  expect(bound?.operation).toBe('POST /api/profiles');
  expect(deadLetters).toBe(0);
  expect(lines.find(({ subject }) => subject === 'profiles')?.refusals, 'refusals').toBeGreaterThan(0);
  expect(attempts.average).toBeLessThan(2);
  expect(attempts.most).toBeLessThanOrEqual(6);
});
