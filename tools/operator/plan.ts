import { styleText } from 'node:util';
import { readPlanningConfiguration } from '../../shared/config/planning.ts';
import { InvalidMessageError } from '../../shared/errors.ts';
import { defineTool, runTool, UsageError } from './support/cli.ts';
import { describeWrite, tableOfWrites } from './support/describe.ts';
import { createDryRun, type DryRun, resourceOf, typeOf } from './support/dry-run.ts';
import { readText } from './support/file.ts';

const HELP = `
Tells what a notification would write to Klaviyo, and sends nothing.

  npm run plan -- FILE [options]

FILE holds a notification as JSON: PlatformFormat, CloudEvents format, or the body of a Pub/Sub push. It is planned with
the settings of the environment and with what commercetools says now; KLAVIYO_AUTH_KEY is not needed. Where there is an
extension (docs/extensions.md), it says what that has changed and dropped.

  --json           print JSON; to pipe it, run npm run --silent plan -- FILE --json
  --show-payload   print everything that would be written, personal data included
  --help           print this

Exit code: 0 planned, also when nothing would be written; 1 it cannot be planned; 2 wrong usage.
`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidMessageError('The file is not JSON');
  }
}

const headline = ({ notification, handler, outcome, writes, reason }: DryRun): string => {
  const what = notification
    ? [typeOf(notification), resourceOf(notification)].filter(Boolean).join(' of ')
    : 'The file';
  if (outcome === 'failed') return styleText('red', `${what} cannot be planned: ${reason}`);
  if (outcome === 'gone') return `${what}: nothing to do, ${reason}`;
  if (outcome === 'ignored') return `${what}: nothing to do${handler ? ` for ${handler}` : ', no handler takes it'}`;
  return `${what}: ${writes.length} ${writes.length === 1 ? 'write' : 'writes'} by ${handler}. Nothing was sent.`;
};

const toJson = ({ notification, writes, ...rest }: DryRun, showPayload: boolean) => ({
  type: notification && typeOf(notification),
  resource: notification && resourceOf(notification),
  ...rest,
  writes: showPayload ? writes : writes.map(describeWrite),
});

/** Tells what a notification would write to Klaviyo. */
export const tool = defineTool({
  help: HELP,
  options: { json: { type: 'boolean' }, 'show-payload': { type: 'boolean' } },
  async run({ json, 'show-payload': showPayload = false }, [file, ...more]) {
    if (!file || more.length > 0) throw new UsageError('Give one FILE.');
    const plan = await createDryRun(readPlanningConfiguration())(parsed(readText(file)));
    if (json) {
      console.log(JSON.stringify(toJson(plan, showPayload), null, 2));
    } else {
      console.log(headline(plan));
      for (const { write, what } of plan.adjusted) console.log(`${what} by the extension: ${write}`);
      for (const warning of plan.warnings) console.log(styleText('yellow', `warning: ${warning}`));
      if (plan.writes.length > 0) console.log(`\n${tableOfWrites(plan.writes)}`);
      if (showPayload) console.log(JSON.stringify(plan.writes, null, 2));
    }
    return plan.outcome !== 'failed';
  },
});

if (import.meta.main) process.exitCode = await runTool(tool);
