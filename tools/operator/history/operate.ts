import { readConfiguration } from '../../../shared/config/environment.ts';
import { CredentialsError } from '../../../shared/errors.ts';
import { createHistory } from '../../../shared/history/create.ts';
import type { History, Options } from '../../../shared/history/history.ts';
import { StoppedError } from '../../../shared/history/patience.ts';
import { createReport, type ReadableReport } from '../../../shared/history/report.ts';
import { runHistory } from '../../../shared/history/run.ts';
import { survey } from '../../../shared/history/survey.ts';
import { ToolError, UsageError } from '../support/cli.ts';
import { confirm, isSomebodyThere } from './confirm.ts';
import { type JsonFile, openJson } from './json.ts';
import { malformedTeller } from './malformed.ts';
import { planText } from './plan.ts';
import { createProgress, type ShownProgress } from './progress.ts';
import { lackingScopes, writeScopes } from './scopes.ts';
import { stopOnSignal } from './signals.ts';
import { reportText } from './tell.ts';

/** What a tool is to do. */
export interface Task {
  options: Options & { share: number };
  /** Whether to end after the plan. */
  isDryRun: boolean;
  /** Whether somebody has to say yes to the plan. */
  asks: boolean;
  /** Where each difference is written, if anywhere. */
  json: string | undefined;
}

/**
 * Plans, asks, compares, repairs and reports.
 *
 * @returns whether both sides agree, and all that was asked for is done
 * @throws UsageError before anything is done; what ends a run early, after the report of what was done until then
 */
export async function operate({ options, isDryRun, asks, json: file }: Task): Promise<boolean> {
  if (asks && !isDryRun && !isSomebodyThere())
    throw new UsageError('Nobody can be asked here: say --yes, or --dry-run for the plan alone.');
  const configuration = readConfiguration();
  const progress = createProgress(process.stderr);
  const json = file === undefined || isDryRun ? undefined : openJson(file, progress.note);
  const report = createReport({ write: json?.write });
  const stop = new AbortController();
  const history = createHistory(configuration, {
    ...{ options, share: options.share, stop: stop.signal, report, progress },
    ...{ onWait: progress.failed, onMalformed: malformedTeller(report, progress.note) },
  });

  const lacking = await lackingScopes(configuration, options, history.patience);
  if (lacking.length > 0) throw new ToolError(lacking.join('\n'));
  const found = await survey(history);
  console.log(planText(found, options));
  if (isDryRun) return true;
  if (asks && !(await confirm('Write this to Klaviyo?'))) {
    console.error('Nothing was written.');
    return false;
  }
  // Orders are counted by the run itself.
  for (const kind of options.only) if (kind !== 'orders') progress.expect(kind, found.volume[kind].all);
  return carryOut({ ...history, report, progress }, stop, json);
}

type World = History & { report: ReadableReport; progress: ShownProgress };

/** Compares and repairs, and reports what was done, also of a run that ends early. Returns whether both sides agree. */
async function carryOut(world: World, stop: AbortController, json: JsonFile | undefined): Promise<boolean> {
  const { report, progress } = world;
  let isWhole = false;
  json?.begin();
  using _ = stopOnSignal(stop, () => progress.note('What is in flight is finished; once more, and all ends at once.'));
  try {
    await progress.during(() => runHistory(world, stop));
    isWhole = true;
  } catch (error) {
    if (world.options.repair && error instanceof CredentialsError && error.status === 403)
      console.error(
        `It writes with these scopes of Klaviyo's key: ${writeScopes(world.settings, world.options).join(', ')}.`,
      );
    if (!(error instanceof StoppedError)) throw error;
  } finally {
    console.log(reportText(report, isWhole));
    if (!isWhole) console.error('What is done is done: the same command goes on from there.');
    const problem = json?.problem();
    if (problem) console.error(`${problem}. Not all differences are in the file: the same command finds them again.`);
    json?.close();
  }
  return isWhole && report.isEqual() && json?.problem() === undefined;
}
