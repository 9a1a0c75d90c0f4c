import { afterAll, afterEach, beforeEach, expect, onTestFinished } from 'vitest';
import { createCommercetools } from '../../shared/commercetools/index.ts';
import { createScans } from '../../shared/commercetools/scans/index.ts';
import { readConfiguration } from '../../shared/config/environment.ts';
import type { Difference, History, Options } from '../../shared/history/history.ts';
import { createPatience } from '../../shared/history/patience.ts';
import { createReport, type ReadableReport } from '../../shared/history/report.ts';
import { restraint } from '../../shared/history/restraint.ts';
import { createAccount } from '../../shared/klaviyo/bulk/index.ts';
import { createLive } from '../../shared/live.ts';
import { type KlaviyoStandIn, startKlaviyo } from '../doubles/klaviyo/server.ts';
import type { Settings } from '../doubles/klaviyo/settings.ts';
import { type Shop, startShop } from '../doubles/shop/index.ts';
import type { Fields } from '../unit/factories.ts';
import { environmentFor } from './support.ts';

/** Milliseconds that a run waits at most, whatever it waits for. */
const LONGEST_WAIT = 10;

const OPTIONS: Options = {
  only: ['categories', 'products', 'customers', 'orders'],
  since: undefined,
  until: Date.now() - 3_600_000,
  ...{ exact: false, extras: false, repair: true, deleteExtras: false, phones: false },
  lookAgain: [],
};

/** A run over the history of a shop, with a report that can be read. */
export type TestHistory = History & { report: ReadableReport };

/** A shop and an account for all tests of a file, back to the seed before each, and runs between them. */
export async function historyForAll() {
  const [shop, klaviyo] = await Promise.all([startShop(), startKlaviyo()]);
  beforeEach(async () => {
    klaviyo.reset();
    await shop.reset();
  });
  afterEach(() => expect(klaviyo.violations).toEqual([]));
  afterAll(() => Promise.all([shop.stop(), klaviyo.stop()]));

  return {
    shop,
    klaviyo,
    /** Switches something of the stand-in until the test is over. */
    set<K extends keyof Settings>(name: K, value: Settings[K]): void {
      const before = klaviyo[name];
      onTestFinished(() => {
        Object.assign(klaviyo, { [name]: before });
      });
      Object.assign(klaviyo, { [name]: value });
    },

    /** Does a part of a run and returns its report; repairs, unless the options say otherwise. */
    async run(part: (history: History) => Promise<void>, given: Given = {}): Promise<ReadableReport> {
      const { settings, around = (history) => history, ...options } = given;
      const history = around(historyOf(shop, klaviyo, options, settings));
      await part(history);
      return history.report;
    },
  };
}

interface Given extends Partial<Options> {
  settings?: Fields;
  /** What stands in for some of what the run works with. */
  around?: (history: TestHistory) => TestHistory;
}

function historyOf(shop: Shop, klaviyo: KlaviyoStandIn, options: Partial<Options>, given: Fields = {}): TestHistory {
  const KLAVIYO_SYNC_SETTINGS = JSON.stringify({ prices: { country: 'DE' }, ...given });
  const configuration = readConfiguration(environmentFor(shop, klaviyo, { KLAVIYO_SYNC_SETTINGS }));
  const { signal: stop } = new AbortController();
  const persistent = createPatience({ stop });
  const wait = (milliseconds: number) => persistent.wait(Math.min(milliseconds, LONGEST_WAIT));
  const patience = { ...persistent, wait };
  const all = { ...OPTIONS, ...options };
  return {
    options: all,
    settings: configuration.settings,
    projectKey: configuration.commercetools.projectKey,
    commercetools: createCommercetools(configuration),
    scans: createScans(configuration, { patience, onMalformed: () => {} }),
    account: createAccount(configuration, { patience, share: 0.95 }),
    live: createLive(configuration, restraint(all)),
    report: createReport(),
    progress: { expect: () => {}, done: () => {}, say: () => {} },
    patience,
    stop,
  };
}

/** The differences of a report that are still to mend. */
export const differencesOf = (report: ReadableReport): Difference[] =>
  report.rows().flatMap(({ differences }) => [...differences]);

/** How often something of a report is as it should be, by the reason. */
export const reasonsOf = (report: ReadableReport) =>
  Object.fromEntries(report.rows().flatMap(({ reasons }) => [...reasons]));

/** The calls that changed something, such as `POST profiles`. */
export const writesOf = ({ requests }: Pick<KlaviyoStandIn, 'requests'>): string[] =>
  requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/')[2]}`);
