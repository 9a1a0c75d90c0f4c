import { backfill } from './history/tools.ts';
import { runTool } from './support/cli.ts';

process.exitCode = await runTool(backfill);
