import type { parseArgs } from 'node:util';
import { countOf, UsageError } from '../operator/support/cli.ts';
import { KINDS, kindsOf } from './kinds.ts';
import { SCENARIOS } from './scenarios.ts';

/** What `npm run bench` takes. */
export const BENCH_OPTIONS = {
  only: { type: 'string' },
  concurrency: { type: 'string' },
  latency: { type: 'string', default: '50' },
  messages: { type: 'string', default: '1000' },
  seconds: { type: 'string', default: '4' },
  vs: { type: 'string' },
  pairs: { type: 'string' },
  json: { type: 'string' },
  'cpu-prof': { type: 'string' },
  quick: { type: 'boolean', default: false },
  'update-baseline': { type: 'boolean', default: false },
} as const;

/** How `--help` explains it. */
export const BENCH_HELP = `
Measures the built function against stand-ins whose every call takes as long as they are told; docs/performance.md tells
how to read it.

  npm run bench -- [options]

  --only NAMES       some of those below, or start, or what they begin with, such as order; with commas between
  --latency MS       of a call; 50 when left out
  --concurrency N    messages under way; several with commas between
  --messages N       of each line of the table, or ...
  --seconds N        ... for as long; 1000 and 4 when left out, whichever comes first
  --vs FOLDER        compare with another checkout that was built
  --pairs N          how many times each line is measured; 1 when left out, 3 with --vs
  --json FILE        write everything that was measured
  --cpu-prof FOLDER  write a CPU profile of each process
  --quick            only count what is the same on every machine, and fail when that became more
  --update-baseline  count, and replace what is compared with
  --help             print this

Kinds: ${KINDS.map(({ name }) => name).join(', ')}.
Scenarios, with Klaviyo's limits: ${SCENARIOS.join(', ')}.
Exit code: 0 measured, 1 something failed or became more, 2 wrong usage.
`;

const START = 'start';

type Given = ReturnType<typeof parseArgs<{ options: typeof BENCH_OPTIONS }>>['values'];

/**
 * What is asked for, with numbers for numbers.
 *
 * @throws UsageError for what is none, and for a kind that is not known
 */
export function benchOptionsOf(given: Given) {
  const { vs, json, quick, 'update-baseline': isNewBaseline, 'cpu-prof': profiles } = given;
  const only = given.only?.split(',');
  const isScenario = (name: string) => SCENARIOS.some((scenario) => scenario === name);
  return {
    isPart: only !== undefined,
    kinds: only ? kindsOf(only.filter((name) => name !== START && !isScenario(name))) : [...KINDS],
    scenarios: SCENARIOS.filter((scenario) => !only || only.includes(scenario)),
    withStart: !only || only.includes(START),
    isCount: quick || isNewBaseline,
    isNewBaseline,
    json,
    load: {
      folders: vs ? ['.', vs] : ['.'],
      latency: numberOf('latency', given.latency, 0),
      concurrency: given.concurrency?.split(',').map((each) => countOf('concurrency', each)),
      messages: countOf('messages', given.messages),
      seconds: numberOf('seconds', given.seconds, 0.1),
      pairs: countOf('pairs', given.pairs ?? (vs ? '3' : '1')),
      nodeOptions: profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [],
    },
  };
}

function numberOf(option: string, value: string, least: number): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!(number >= least)) throw new UsageError(`--${option} takes a number of ${least} or more`);
  return number;
}
