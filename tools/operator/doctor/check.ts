import { messageOf } from '../support/cli.ts';

/** What was found out about one thing that has to be right. */
export interface Check {
  name: string;
  /** `warning`: it could not be found out, or is worth a thought; `failed`: it has to be mended. */
  status: 'ok' | 'warning' | 'failed';
  detail: string;
  /** What to do about it. */
  advice?: string;
}

/** It is as it should be. */
export const ok = (name: string, detail: string): Check => ({ name, status: 'ok', detail });

/** It could not be found out, or is worth a thought. */
export const warning = (name: string, detail: string, advice?: string): Check => ({
  name,
  status: 'warning',
  detail,
  advice,
});

/** It has to be mended, and so. */
export const failed = (name: string, detail: string, advice: string): Check => ({
  name,
  status: 'failed',
  detail,
  advice,
});

/**
 * Checks several demands on one thing: failed with all that are not met, else ok.
 *
 * @param demands what is wrong, undefined where nothing is
 */
export function unless(name: string, demands: (string | undefined)[], detail: string, advice: string): Check {
  const problems = demands.filter((problem) => problem !== undefined);
  return problems.length > 0 ? failed(name, problems.join('; '), advice) : ok(name, detail);
}

/** The result of a check, or a failure that says what kept it from being made. */
export async function attempted(name: string, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    return failed(name, messageOf(error), 'Look at the service, the network and what you may do there, and try again.');
  }
}
