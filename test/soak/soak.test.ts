import { describe, expect, it } from 'vitest';
import { buildPatched, type Patch } from '../../tools/soak/patched-build.ts';
import { runSoak, type SoakOptions } from '../../tools/soak/run.ts';
import { table } from '../../tools/soak/table.ts';
import type { Fault } from '../doubles/faults.ts';

const SHORT: SoakOptions = { messages: 300, seed: 7, processes: 2, faultRate: 0.125 };

it('a short soak leaves Klaviyo as the shop is, whatever fails meanwhile', async () => {
  const result = await runSoak(SHORT);
  const { findings, problems, faults, refusals, restarts } = result;
  expect({ findings, problems }, `\n${table(result)}\n`).toEqual({ findings: [], problems: [] });
  expect(faults.size, 'kinds of faults').toBeGreaterThan(5);
  expect(refusals, 'calls over the limits of events').toBeGreaterThan(0);
  expect(restarts.SIGKILL + restarts.SIGTERM, 'restarts').toBeGreaterThan(0);
});

/** Each breaks one promise, in as few characters as a careless change would. */
const BREAKAGES: Record<string, Patch> = {
  'acknowledges a 429': {
    file: 'shared/sync.ts',
    from: 'throw report.fail(error);',
    to: 'if (Reflect.get(Object(error), "status") !== 429) throw report.fail(error);',
  },
  'sends events without a unique id that names the fact': {
    file: 'shared/klaviyo/writers/events.ts',
    from: '...attributes,',
    to: '...attributes, uniqueId: crypto.randomUUID(),',
  },
};

/** The first events are refused, singly and in bulk, so that what a build makes of a refusal is no matter of chance. */
const certain: Fault = {
  match: ({ path }) => path.startsWith('/api/event'),
  times: 40,
  effect: { kind: 'status', status: 429, retryAfter: 60 },
};

describe('a broken build that', () => {
  it.each(Object.entries(BREAKAGES))('%s is found out', async (name, patch) => {
    const source = await buildPatched(name.replaceAll(' ', '-'), [patch]);
    const { findings } = await runSoak({ ...SHORT, certain, faultRate: 0.5, poison: 0, source });
    expect(findings.length).toBeGreaterThan(0);
  });
});
