import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { compare, readBaseline, writeBaseline } from '../test/bench/baseline.ts';
import { judge } from '../test/bench/goals.ts';
import { KINDS, kindsOf } from '../test/bench/kinds.ts';
import { bundleKiB, countKinds, measureKind, type Options, type Row } from '../test/bench/measure.ts';
import { measureStarts } from '../test/bench/start.ts';
import { countTable, goalTable, loadTable, startTable } from '../test/bench/table.ts';

/**
 * Measures the built function against stand-ins whose every call takes as long as it is told; docs/performance.md tells
 * how to read it. With `--quick`, counts only what is the same on every machine, and fails when that became more.
 */
const { values: given } = parseArgs({
  options: {
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
  },
});

const START = 'start';
const only = given.only?.split(',');
const kinds = only ? kindsOf(only.filter((name) => name !== START)) : [...KINDS];
const folders = given.vs ? ['.', given.vs] : ['.'];

// Children are killed when this process exits, which a signal alone does not make it do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const result = given.quick || given['update-baseline'] ? await count() : await measure();
if (given.json) writeFileSync(given.json, `${JSON.stringify(result, null, 2)}\n`);
// A function that failed half-way may still run.
process.exit();

async function count() {
  const counted = { bundleKiB: bundleKiB('.'), kinds: await countKinds('.', kinds) };
  console.log(`${countTable(counted.kinds)}\n\nbundle  ${counted.bundleKiB} KiB`);
  if (given['update-baseline']) {
    writeBaseline(only ? { ...counted, kinds: { ...readBaseline().kinds, ...counted.kinds } } : counted);
    return counted;
  }
  const { worse, better } = compare(counted, readBaseline());
  for (const line of worse) console.error(`✗ ${line}`);
  for (const line of better) console.log(`✓ ${line} (npm run bench -- --update-baseline)`);
  if (worse.length > 0) process.exitCode = 1;
  return { ...counted, worse, better };
}

async function measure() {
  const options: Options = {
    folders,
    latency: Number(given.latency),
    concurrency: given.concurrency?.split(',').map(Number),
    messages: Number(given.messages),
    seconds: Number(given.seconds),
    pairs: Number(given.pairs ?? (given.vs ? 3 : 1)),
    nodeOptions: given['cpu-prof'] ? ['--cpu-prof', `--cpu-prof-dir=${given['cpu-prof']}`] : [],
  };
  const start = !only || only.includes(START) ? await measureStarts(folders) : undefined;
  const rows: Row[] = [];
  for (const kind of kinds) {
    console.error(kind.name);
    try {
      rows.push(...(await measureKind(kind, options)));
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
  }
  const goals = judge({ rows, start });
  const bundles = folders.map(bundleKiB);
  const tables = [loadTable(rows), start && startTable(start), `bundle KiB  ${bundles.join('  ')}`, goalTable(goals)];
  console.log(tables.filter(Boolean).join('\n\n'));
  const machine = { cpus: cpus().map(({ model }) => model), node: process.version };
  return { machine, options, rows, start, bundles, goals };
}
