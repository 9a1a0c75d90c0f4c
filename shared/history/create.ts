import { createCommercetools } from '../commercetools/index.ts';
import { createScans } from '../commercetools/scans/index.ts';
import type { Configuration } from '../config/environment.ts';
import { readExtension } from '../extension/installed.ts';
import { createAccount } from '../klaviyo/bulk/index.ts';
import { createLive } from '../live.ts';
import type { History, Options, Progress, Report } from './history.ts';
import { createPatience, type PatienceOptions } from './patience.ts';
import { restraint } from './restraint.ts';

/** What a run is given. */
export interface Run extends Pick<PatienceOptions, 'stop' | 'onWait'>, Pick<History, 'onMalformed'> {
  options: Options;
  /** The share of Klaviyo's limits that the run takes. */
  share: number;
  report: Report;
  progress: Progress;
}

/** Returns all that a run works with. Nothing is sent before its first call. */
export function createHistory(configuration: Configuration, { share, onWait, ...run }: Run): History {
  const patience = createPatience({ stop: run.stop, onWait });
  return {
    ...run,
    settings: configuration.settings,
    extension: readExtension(),
    projectKey: configuration.commercetools.projectKey,
    commercetools: createCommercetools(configuration),
    scans: createScans(configuration, { patience, onMalformed: run.onMalformed }),
    account: createAccount(configuration, { patience, share }),
    live: createLive(configuration, restraint(run.options)),
    patience,
  };
}
