import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from './fleet.ts';
import type { Random } from './random.ts';

/**
 * Kills processes and tells them to stop now and then.
 *
 * @param pauseMilliseconds how long it leaves them alone at least; Infinity for ever
 */
export function disturb(fleet: Fleet, random: Random, pauseMilliseconds: number) {
  const restarts = { SIGKILL: 0, SIGTERM: 0 };
  const problems: string[] = [];
  const stopping = new AbortController();
  const done = (async () => {
    while (Number.isFinite(pauseMilliseconds)) {
      await sleep(pauseMilliseconds * (1 + 2 * random.next()), undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      const signal = random.pick(['SIGKILL', 'SIGTERM'] as const);
      const code = await fleet.restart(random.below(fleet.urls.length), signal);
      restarts[signal] += 1;
      if (signal === 'SIGTERM' && code !== 0) problems.push(`a process that was told to stop ended with ${code}`);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await done;
      return { restarts, problems };
    },
  };
}
