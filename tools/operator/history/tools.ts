import { defineTool, UsageError } from '../support/cli.ts';
import { operate } from './operate.ts';
import { HISTORY_HELP, HISTORY_OPTIONS, readOptions, WHEN_HELP } from './options.ts';

const BACKFILL_HELP = `
Writes to Klaviyo what commercetools has had all along: categories, products, customers and orders.

  npm run backfill -- [options]

What Klaviyo has already is left alone, so the same command, run again, goes on where it was. Events trigger no flows.
Nobody is subscribed, nothing is cleared. Read docs/backfill.md before the first run: Klaviyo bills profiles.

${HISTORY_HELP}
  --yes                 do not ask before anything is written; needed where nobody can be asked

${WHEN_HELP} It needs the function's environment. Exit code: 0 both sides agree, 1 they do not, or it did not come to its end,
2 wrong usage.
`;

const RECONCILE_HELP = `
Compares commercetools and Klaviyo, and says where they do not agree. It only reads, unless it is told to repair.

  npm run reconcile -- [options]

${HISTORY_HELP}
  --repair              write to Klaviyo what is missing there or differs

${WHEN_HELP} It needs the function's environment. Exit code: 0 both sides agree, 1 they do not, or it did not come to its end,
2 wrong usage.
`;

function refuseWords([unexpected]: readonly string[]): void {
  if (unexpected) throw new UsageError(`What is ${unexpected}?`);
}

/** Writes the history to Klaviyo. */
export const backfill = defineTool({
  help: BACKFILL_HELP,
  options: {
    ...HISTORY_OPTIONS,
    yes: { type: 'boolean', default: false },
    // Of the other tool: refused in words of our own.
    repair: { type: 'boolean', default: false },
  },
  async run({ yes, repair, json, 'dry-run': isDryRun, ...given }, words) {
    refuseWords(words);
    if (repair) throw new UsageError('--repair is for reconcile: backfill writes whatever is missing.');
    return operate({ options: readOptions(given, true, Date.now()), isDryRun, asks: !yes, json });
  },
});

/** Compares both sides. */
export const reconcile = defineTool({
  help: RECONCILE_HELP,
  options: { ...HISTORY_OPTIONS, repair: { type: 'boolean', default: false } },
  async run({ repair, json, 'dry-run': isDryRun, ...given }, words) {
    refuseWords(words);
    return operate({ options: readOptions(given, repair, Date.now()), isDryRun, asks: false, json });
  },
});
