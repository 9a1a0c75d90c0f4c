import { expect, it } from 'vitest';
import { runSoak } from '../../tools/soak/run.ts';
import { table } from '../../tools/soak/table.ts';
import { SHORT } from './short.ts';

it('a short soak leaves Klaviyo as the shop is, whatever fails meanwhile', async () => {
  const result = await runSoak(SHORT);
  const { findings, problems, faults, arrivals, restarts } = result;
  expect({ findings, problems }, `\n${table(result)}\n`).toEqual({ findings: [], problems: [] });
  expect(faults.size, 'kinds of faults').toBeGreaterThan(5);
  expect(arrivals.bulk, 'events in bulk').toBeGreaterThan(0);
  expect(restarts.SIGKILL + restarts.SIGTERM, 'restarts').toBeGreaterThan(0);
});
