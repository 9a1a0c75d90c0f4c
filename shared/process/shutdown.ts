import { setTimeout as sleep } from 'node:timers/promises';

/** Cloud Run kills ten seconds after SIGTERM: https://cloud.google.com/run/docs/container-contract#instance-shutdown */
const GRACE_MILLISECONDS = 8000;

/**
 * Lets what is in flight finish when the process is told to stop. The functions-framework exits at once on SIGTERM; so
 * its handlers are put off, when the first message comes, until everything has been answered or the time is over. What
 * does not finish is not acknowledged.
 *
 * @param timeIsUp aborted when the time is over, so that what did not finish can be told
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
    process.removeAllListeners('SIGTERM');
    process.once('SIGTERM', async (signal) => {
      await Promise.race([Promise.allSettled(inFlight), sleep(GRACE_MILLISECONDS)]);
      timeIsUp.abort();
      // The answers are written after the work is done.
      await sleep(50);
      for (const exit of exits) exit(signal);
      process.exit(0);
    });
  }

  return (input) => {
    if (!isTakenOver) takeOver();
    const done = work(input).finally(() => inFlight.delete(done));
    inFlight.add(done);
    return done;
  };
}
