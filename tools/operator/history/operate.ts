import { readConfiguration } from '../../../shared/config/environment.ts';
import { createHistory } from '../../../shared/history/create.ts';
import type { Options } from '../../../shared/history/history.ts';
import { StoppedError } from '../../../shared/history/patience.ts';
import { createReport } from '../../../shared/history/report.ts';
import { runHistory } from '../../../shared/history/run.ts';
import { survey } from '../../../shared/history/survey.ts';
import { ToolError, UsageError } from '../support/cli.ts';
import { confirm, isSomebodyThere } from './confirm.ts';
import { openJson } from './json.ts';
import { malformedTeller } from './malformed.ts';
import { planText } from './plan.ts';
import { createProgress } from './progress.ts';
import { lackingScopes } from './scopes.ts';
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
  const { signal } = stop;
  const told = { onWait: progress.failed, onMalformed: malformedTeller(report, progress.note) };
  const history = createHistory(configuration, {
    options,
    share: options.share,
    stop: signal,
    report,
    progress,
    ...told,
  });
  using _ = stopOnSignal(stop, () => progress.note('What is in flight is finished; once more, and all ends at once.'));

  const lacking = await lackingScopes(configuration, options, history.patience);
  if (lacking.length > 0) throw new ToolError(lacking.join('\n'));
  console.log(planText(await survey(history), options));
  if (isDryRun) return true;
  if (asks && !(await confirm('Go on?', signal))) {
    console.error('Nothing was written.');
    return false;
  }
  json?.begin();
  let isWhole = false;
  try {
    await progress.during(() => runHistory(history, stop));
    isWhole = true;
  } catch (error) {
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
