import { backfill, reconcile } from './history/tools.ts';
import { defineTool, runTool, UsageError } from './support/cli.ts';

/** Both tools in one file, for a job: the first word says which. It is bundled, so nothing is awaited at its top. */
const [name, ...args] = process.argv.slice(2);

const neither = defineTool({
  help: `
  node history.cjs backfill [options]
  node history.cjs reconcile [options]

Each has --help.
`,
  options: {},
  async run() {
    throw new UsageError('Give one of backfill, reconcile.');
  },
});

async function main(): Promise<number> {
  if (name === 'backfill') return runTool(backfill, args);
  if (name === 'reconcile') return runTool(reconcile, args);
  return runTool(neither);
}

main().then((code) => {
  process.exitCode = code;
});
