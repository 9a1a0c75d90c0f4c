import { setTimeout as sleep } from 'node:timers/promises';

/** Cloud Run kills ten seconds after SIGTERM: https://cloud.google.com/run/docs/container-contract#instance-shutdown */
const GRACE_MILLISECONDS = 8000;
/** The framework writes an answer after our work is done, and tells nobody when. A guess, with much room. */
const ANSWER_MILLISECONDS = 50;

/**
 * Lets messages that are in flight finish when the process is told to stop. The functions-framework exits at once on
 * SIGTERM. The framework registers its SIGTERM handler only once it listens, so we replace the handler on the first message,
 * not at load. What does not finish in time is not acknowledged.
 *
 * @param timeIsUp aborted when the time is over, so that unfinished attempts can be logged
 */
export function finishBeforeExit<T>(
  work: (input: T) => Promise<void>,
  timeIsUp: AbortController,
): (input: T) => Promise<void> {
  const inFlight = new Set<Promise<void>>();
  let isTakenOver = false;

  function takeOver() {
    isTakenOver = true;
    const exits = process.listeners('SIGTERM');
    // First ours: while there is no listener at all, Node drops a signal that has come in this very moment.
    process.once('SIGTERM', async (signal) => {
      await Promise.race([Promise.allSettled(inFlight), sleep(GRACE_MILLISECONDS)]);
      timeIsUp.abort();
      await sleep(ANSWER_MILLISECONDS);
      for (const exit of exits) exit(signal);
      process.exit(0);
    });
    for (const exit of exits) process.off('SIGTERM', exit);
  }

  return (input) => {
    if (!isTakenOver) takeOver();
    const done = work(input).finally(() => inFlight.delete(done));
    inFlight.add(done);
    return done;
  };
}
