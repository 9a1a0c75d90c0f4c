import type { State } from './state.ts';

/** Puts something off until so many of the following calls were answered; does it at once where that is none. */
export function putOff(state: State, calls: number, run: (state: State) => void): void {
  if (calls === 0) run(state);
  else state.jobs.push({ run, callsLeft: calls });
}

/** Carries out the jobs that have waited long enough. Called before each call is answered. */
export function carryOutJobs(state: State): void {
  const due = state.jobs.filter((job) => job.callsLeft-- <= 0);
  state.jobs = state.jobs.filter((job) => !due.includes(job));
  for (const { run } of due) run(state);
}

/** Carries out all jobs that wait. */
export function finishJobs(state: State): void {
  for (const { run } of state.jobs.splice(0)) run(state);
}
