import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MILLISECONDS = 20;
/** Ends what hangs: nothing takes so long, on a machine that is busy either. */
const SECONDS = 120;

/**
 * Asks again and again until there is an answer other than undefined, and gives it.
 *
 * @param what names what is awaited in the error that is thrown when `seconds` have passed without it
 */
export async function eventually<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  what: string,
  seconds = SECONDS,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${seconds} s were not enough for ${what}`);
    await sleep(PAUSE_MILLISECONDS);
  }
}
