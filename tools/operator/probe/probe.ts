import type { RawKlaviyo } from '../../../shared/klaviyo/raw.ts';
import { ToolError } from '../support/cli.ts';
import { METRIC } from './calls/events.ts';
import { create, erase } from './calls/profiles.ts';
import { CLEANING, cleanUp, remainsOf } from './cleanup.ts';
import type { Subject } from './experiment.ts';
import { createLab, type Lab, type Waiting } from './lab.ts';
import type { Names } from './names.ts';
import { reasonOf } from './reason.ts';
import { runExperiments } from './run.ts';
import { lineOf, summaryOf } from './tell.ts';

/** The first one ends the experiments, and what they made is deleted; the second one ends the process. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How to run. */
export interface ProbeOptions {
  klaviyo: RawKlaviyo;
  /** Of a new run. */
  names: Names;
  waiting: Waiting;
  /** Whether the results are printed as JSON at the end, in the place of a line each. */
  json: boolean;
}

/** Beside the results, which may go to a pipe. */
const say = (line: string): void => console.error(line);

/**
 * Makes the experiments of some subjects, prints what comes of them, and deletes what they made, also when it is told to stop.
 *
 * @returns whether Klaviyo does all that is assumed, and everything was deleted
 * @throws ToolError before any experiment, when the key may not erase what the experiments make
 */
export async function probe(subjects: readonly Subject[], options: ProbeOptions): Promise<boolean> {
  const { klaviyo, names, waiting, json } = options;
  const stop = new AbortController();
  const onSignal = () => {
    say(`Stopping, and deleting what was made. A second time leaves it, and --clean ${names.run} deletes it later.`);
    stop.abort();
  };
  for (const signal of SIGNALS) process.once(signal, onSignal);
  try {
    const lab = createLab(klaviyo, names, waiting, stop.signal);
    say(introduction(subjects, names.run));
    await rehearse(lab, names);
    const results = await runExperiments(subjects, lab, stop.signal, (result) => {
      if (!json && !stop.signal.aborted) console.log(lineOf(result));
    });
    const isClean = await sweep(klaviyo, names, waiting);
    console.log(json ? JSON.stringify(results, null, 2) : summaryOf(results));
    return isClean && results.every(({ verdict }) => verdict === 'agrees');
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

function introduction(subjects: readonly Subject[], run: string): string {
  const count = subjects.reduce((sum, { experiments }) => sum + experiments.length, 0);
  return `Run ${run}: ${count} experiments with profiles and catalog entries of this name, which are deleted at the end.
What stays: the metric "${METRIC}", which Klaviyo has no way to delete, the record of erased profiles, and that of jobs.
Flows of the account that begin with a profile, a subscription or this metric begin with what is made here.`;
}

/**
 * Makes a profile, asks for it to be erased, and looks for what is there: who cannot clean up is not to begin.
 *
 * @throws ToolError when the key may not
 */
async function rehearse(lab: Lab, names: Names): Promise<void> {
  try {
    await erase(lab, await create(lab, { external_id: lab.name() }));
    await remainsOf(lab.klaviyo, names);
  } catch (error) {
    const reason = reasonOf(error, CLEANING);
    throw new ToolError(`A profile could not be made and erased, so nothing else was made: ${reason}.`);
  }
}

/**
 * Deletes what a run made, and says what is left.
 *
 * @returns whether nothing is left that Klaviyo was not asked to delete
 */
export async function sweep(klaviyo: RawKlaviyo, names: Names, waiting: Waiting): Promise<boolean> {
  try {
    const { profiles, entries } = await cleanUp(klaviyo, names, waiting);
    const left = [
      profiles.length > 0 ? `${profiles.length} profiles, which Klaviyo has been asked to erase and still shows` : [],
      entries.length > 0 ? `${entries.length} catalog entries` : [],
    ].flat();
    say(left.length > 0 ? `Left of ${names.run}: ${left.join(', ')}.` : `Nothing is left of ${names.run}.`);
    return entries.length === 0;
  } catch (error) {
    const reason = reasonOf(error, CLEANING);
    say(`Not everything of ${names.run} was deleted: ${reason}. --clean ${names.run} deletes it later.`);
    return false;
  }
}
