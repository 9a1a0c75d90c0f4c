import type { Call } from './route.ts';
import type { State } from './state.ts';

/** How long something waits: for so many of the following calls to be answered, and for so many milliseconds. */
interface Delay {
  calls: number;
  milliseconds: number;
}

/** Puts something off; does it at once where there is nothing to wait for. */
export function runLater(state: State, { calls, milliseconds }: Delay, run: (state: State) => void): void {
  if (calls === 0 && milliseconds === 0) run(state);
  else state.jobs.push({ run, callsLeft: calls, dueAt: performance.now() + milliseconds });
}

/** Puts a job off for as long as the settings say. */
export function putOff({ state, settings }: Pick<Call, 'state' | 'settings'>, run: (state: State) => void): void {
  runLater(state, { calls: settings.jobLag, milliseconds: settings.jobDelay * settings.random() }, run);
}

/** Carries out the jobs that have waited long enough. Called before each call is answered. */
export function carryOutJobs(state: State): void {
  const now = performance.now();
  const due = new Set(state.jobs.filter((job) => job.callsLeft-- <= 0 && job.dueAt <= now));
  if (due.size === 0) return;
  state.jobs = state.jobs.filter((job) => !due.has(job));
  for (const { run } of due) run(state);
}

/** Carries out all jobs that wait. */
export function finishJobs(state: State): void {
  for (const { run } of state.jobs.splice(0)) run(state);
}
