import pMap from 'p-map';
import { newAttempt, runAttempt } from '../../../shared/attempt.ts';
import type { Experiment, Subject } from './experiment.ts';
import type { Lab } from './lab.ts';
import { reasonOf } from './reason.ts';

/** Most experiments wait for Klaviyo most of the time. */
const CONCURRENCY = 8;

/** What came of an experiment. */
export interface Result extends Pick<Experiment, 'name' | 'question' | 'assumed' | 'change'> {
  subject: string;
  verdict: 'agrees' | 'differs' | 'untried';
  /** What Klaviyo does; of an experiment that could not be tried why not. In our own words. */
  found: string;
}

/**
 * Makes the experiments of some subjects, several at a time; none begins after the run was told to stop.
 *
 * @param stop ends the run: calls under way are finished, no other is made
 * @param onResult called for each experiment that is over
 */
export function runExperiments(
  subjects: readonly Subject[],
  lab: Lab,
  stop: AbortSignal,
  onResult: (result: Result) => void = () => {},
): Promise<Result[]> {
  const attempt = newAttempt(Number.POSITIVE_INFINITY);
  const end = () => attempt.over.abort();
  if (stop.aborted) end();
  stop.addEventListener('abort', end);
  const all = subjects.flatMap((subject) => subject.experiments.map((experiment) => ({ subject, experiment })));
  return runAttempt(attempt, () =>
    pMap(
      all,
      async ({ subject, experiment }) => {
        const result = await resultOf(subject, experiment, lab, stop);
        onResult(result);
        return result;
      },
      { concurrency: CONCURRENCY },
    ),
  ).finally(() => stop.removeEventListener('abort', end));
}

async function resultOf(
  { name: subject, scopes }: Subject,
  experiment: Experiment,
  lab: Lab,
  stop: AbortSignal,
): Promise<Result> {
  const { run, ...told } = experiment;
  try {
    if (stop.aborted) return { subject, ...told, verdict: 'untried', found: 'stopped' };
    const found = await run(lab);
    return { subject, ...told, verdict: found === told.assumed ? 'agrees' : 'differs', found };
  } catch (error) {
    return { subject, ...told, verdict: 'untried', found: stop.aborted ? 'stopped' : reasonOf(error, scopes) };
  }
}
