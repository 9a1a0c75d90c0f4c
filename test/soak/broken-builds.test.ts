import { describe, expect, it } from 'vitest';
import { buildPatched, type Patch } from '../../tools/soak/patched-build.ts';
import { runSoak } from '../../tools/soak/run.ts';
import type { Effect, Fault } from '../doubles/faults.ts';
import { isEventBulk } from '../doubles/klaviyo/event-bulk.ts';
import { isSingleEvent } from '../doubles/klaviyo/events.ts';
import { SHORT } from './short.ts';

const lost = { kind: expect.any(String), what: 'lost', text: expect.stringContaining('is not there') };
const invented = { kind: expect.any(String), what: 'wrong', text: expect.stringContaining('never happened') };
const sunk = { kind: expect.any(String), what: 'wrong', text: expect.stringContaining('although it is a good one') };

/** A careless change: in as few characters as it takes, and what it does to Klaviyo. */
interface Breakage {
  patches: Patch[];
  /** Of the findings one that tells of this change and no other. */
  does: object;
}

const tooMany: Effect = { kind: 'status', status: 429, retryAfter: 10 };
const inBulk: Effect[] = [tooMany, { kind: 'status', status: 400 }, { kind: 'lost-reply' }];
/**
 * What happens for certain, so that what a build makes of it is no matter of chance: no event is taken singly, so that all of them travel
 * with others, and of the requests in bulk the first are too many, the next are refused as if an event were bad, and the next are taken
 * without a reply. The right build can do without single calls, as with SHORT's seed Klaviyo names the bad entries of a request and
 * takes what is stored.
 */
const certain: Fault[] = [
  { match: isSingleEvent, times: Number.POSITIVE_INFINITY, effect: tooMany },
  ...inBulk.map((effect) => ({ match: isEventBulk, times: 2, effect })),
];

const EVENTS = 'shared/klaviyo/writers/events.ts';
const GATHER = 'shared/http/gather.ts';

/** Each breaks one promise. */
const BREAKAGES: Record<string, Breakage> = {
  'acknowledges a 429': {
    patches: [
      {
        file: 'shared/sync.ts',
        from: 'throw report.fail(error);',
        to: 'if (Reflect.get(Object(error), "status") !== 429) throw report.fail(error);',
      },
    ],
    does: lost,
  },
  'sends events without a unique id that names the fact': {
    patches: [
      {
        file: 'shared/klaviyo/writers/event-body.ts',
        from: '  ...attributes,',
        to: '  ...attributes, uniqueId: crypto.randomUUID(),',
      },
    ],
    does: invented,
  },
  'acknowledges a batch before its answer': {
    patches: [
      {
        file: GATHER,
        from: 'const results = await runShared(',
        to: 'if (gathering.namesOf) for (const { resolve } of batch) resolve(undefined as R); const results = await runShared(',
      },
    ],
    does: lost,
  },
  'lets a bad event sink its neighbours': {
    patches: [
      { file: GATHER, from: 'isItems(error) && batch.length > 1', to: 'false' },
      { file: EVENTS, from: 'if (error instanceof PermanentError) return false;', to: '' },
    ],
    does: sunk,
  },
};

/** Lets a build be busy while both sides fail. Returns what is wrong then. */
async function findingsOf(source?: string) {
  const { findings } = await runSoak({ ...SHORT, messages: 100, poison: 0, leavesProcesses: true, certain, source });
  return findings;
}

it('a build that keeps its promises is found to be right', async () => {
  expect(await findingsOf()).toEqual([]);
});

describe('a broken build that', () => {
  it.each(Object.entries(BREAKAGES))('%s is found out', async (name, { patches, does }) => {
    const source = await buildPatched(name.replaceAll(' ', '-'), patches);
    expect(await findingsOf(source)).toContainEqual(does);
  });
});
