import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { buildFunction, buildHistory } from '../build/bundle.ts';
import { defineTool, runTool } from '../operator/support/cli.ts';
import { compare, readBaseline, writeBaseline } from './baseline.ts';
import { judge } from './goals.ts';
import { historyTables } from './history/table.ts';
import { bundleKiB, countKinds, measureKind, type Row } from './measure.ts';
import { BENCH_HELP, BENCH_OPTIONS, benchOptionsOf } from './options.ts';
import { measureScenarios } from './scenarios.ts';
import { measureStarts } from './start.ts';
import { behindPricesTable, countTable, goalTable, loadTable, startTable, surgeTable } from './table.ts';

type Asked = ReturnType<typeof benchOptionsOf>;

/** Measures the built function; with `--quick`, only counts. */
const tool = defineTool({
  help: BENCH_HELP,
  options: BENCH_OPTIONS,
  async run(given) {
    const asked = benchOptionsOf(given);
    await buildFunction();
    await buildHistory();
    try {
      const { isWell, ...result } = asked.isCount ? await count(asked) : await measure(asked);
      if (asked.json) writeFileSync(asked.json, `${JSON.stringify(result, null, 2)}\n`);
      return isWell;
    } catch (error) {
      // Whoever measures needs to know where.
      console.error(error);
      return false;
    }
  },
});

async function count({ kinds, isPart, isNewBaseline }: Asked) {
  const counted = { bundleKiB: bundleKiB('.'), kinds: await countKinds('.', kinds) };
  console.log(`${countTable(counted.kinds)}\n\nbundle  ${counted.bundleKiB} KiB`);
  if (isNewBaseline) {
    writeBaseline(isPart ? { ...counted, kinds: { ...readBaseline().kinds, ...counted.kinds } } : counted);
    return { ...counted, isWell: true };
  }
  const { worse, better } = compare(counted, readBaseline());
  for (const line of worse) console.error(`✗ ${line}`);
  for (const line of better) console.log(`✓ ${line} (npm run bench -- --update-baseline)`);
  return { ...counted, worse, better, isWell: worse.length === 0 };
}

async function measure({ kinds, scenarios, withStart, load: options }: Asked) {
  const { folders } = options;
  const start = withStart ? await measureStarts(folders) : undefined;
  const rows: Row[] = [];
  let isWell = true;
  for (const kind of kinds) {
    console.error(kind.name);
    try {
      rows.push(...(await measureKind(kind, options)));
    } catch (error) {
      console.error(error);
      isWell = false;
    }
  }
  const scenes = await measureScenarios(scenarios, options);
  const goals = judge({ rows, start, ...scenes });
  const bundles = folders.map(bundleKiB);
  const tables = [
    rows.length > 0 && loadTable(rows),
    start && startTable(start),
    scenes.surges.length > 0 && surgeTable(scenes.surges),
    scenes.behindPrices.length > 0 && behindPricesTable(scenes.behindPrices),
    ...historyTables(scenes.history),
    `bundle KiB  ${bundles.join('  ')}`,
    goalTable(goals),
  ];
  console.log(tables.filter(Boolean).join('\n\n'));
  const machine = { cpus: cpus().map(({ model }) => model), node: process.version };
  return { machine, options, rows, start, ...scenes, bundles, goals, isWell };
}

// Children are killed when this process exits, which a signal alone does not make it do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const exitCode = await runTool(tool);
// A function that failed half-way may still run.
process.exit(exitCode);
