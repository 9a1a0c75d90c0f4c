import { KINDS, type Kind, type Options } from '../../../shared/history/history.ts';
import { UsageError } from '../support/cli.ts';
import { momentOf } from './moment.ts';

/** Options that both tools take. */
export const HISTORY_OPTIONS = {
  only: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  exact: { type: 'boolean', default: false },
  extras: { type: 'boolean', default: false },
  'delete-extras': { type: 'boolean', default: false },
  phones: { type: 'boolean', default: false },
  share: { type: 'string', default: '0.95' },
  'look-again': { type: 'string', default: '5,10,20' },
  json: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const;

/** How `--help` explains them. */
export const HISTORY_HELP = `  --only KINDS          some of categories, products, customers, orders, with commas between
  --since WHEN          nothing older; all of the past when left out
  --until WHEN          nothing younger; an hour ago when left out, which is also the latest: what is younger belongs to
                        live traffic
  --exact               compare one by one also what could be compared by counting
  --extras              look for what only Klaviyo has, too: entries of the catalog, profiles with a customer's id, events
  --delete-extras       hide or delete entries of the catalog that only Klaviyo has; nothing else is ever deleted
  --phones              phone numbers, too, of which a shop has each but once
  --share N             the share of Klaviyo's limits to take, 0.95 when left out; never more than half of those limits
                        that live traffic needs, too
  --look-again MINUTES  how long to wait before each look at what was written, while some of it is missing; 5,10,20 when
                        left out
  --json FILE           write a line of JSON for each difference, and one more when it was repaired
  --dry-run             say what there is to do and how long it will take, and stop
  --help                print this`;

/** What the explanations mean by WHEN. */
export const WHEN_HELP = `WHEN is a day (2025-12-31) or a moment (2025-12-31T18:00:00), in UTC unless it says otherwise, or a time span back from now
(2d, 12h).`;

/** The values of the options as they were typed. */
export interface Given {
  only?: string;
  since?: string;
  until?: string;
  exact: boolean;
  extras: boolean;
  'delete-extras': boolean;
  phones: boolean;
  share: string;
  'look-again': string;
}

const HOUR = 3_600_000;

/**
 * Returns what is asked for.
 *
 * @param now milliseconds since the epoch
 * @throws UsageError for what makes no sense
 */
export function readOptions(given: Given, repair: boolean, now: number): Options & { share: number } {
  const { exact, extras, phones, 'delete-extras': deleteExtras } = given;
  if (deleteExtras && !repair) throw new UsageError('--delete-extras needs --repair, as it changes Klaviyo.');
  const { since, until } = spanOf(given, now);
  return {
    ...{ exact, repair, deleteExtras, phones, since, until },
    extras: extras || deleteExtras,
    only: kindsOf(given.only),
    share: shareOf(given.share),
    lookAgain: minutesOf(given['look-again']),
  };
}

function spanOf(given: Given, now: number): Pick<Options, 'since' | 'until'> {
  const cutOff = now - HOUR;
  const until = given.until === undefined ? cutOff : momentOf('until', given.until, now);
  const since = given.since === undefined ? undefined : momentOf('since', given.since, now);
  if (until > cutOff)
    throw new UsageError(
      `--until has to be an hour ago at least, ${told(cutOff)}: what is younger belongs to live traffic.`,
    );
  if (since !== undefined && since >= until) {
    const end = given.until === undefined ? 'the cut-off' : '--until';
    throw new UsageError(`--since has to be earlier than ${end}, ${told(until)}.`);
  }
  return { since, until };
}

/** Returns a moment as people read it, to the minute in UTC. */
export const told = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const isKind = (name: string): name is Kind => KINDS.some((kind) => kind === name);

function kindsOf(given: string | undefined): readonly Kind[] {
  const names = given?.split(',').map((name) => name.trim()) ?? KINDS;
  const kinds = names.filter(isKind);
  if (kinds.length < names.length) throw new UsageError(`--only takes ${KINDS.join(', ')}, with commas between.`);
  return KINDS.filter((kind) => kinds.includes(kind));
}

const isNumber = (text: string) => /^(\d+\.?\d*|\.\d+)$/.test(text);

function shareOf(given: string): number {
  const share = isNumber(given) ? Number(given) : 0;
  if (share <= 0 || share > 1) throw new UsageError('--share takes a number above 0, and 1 at most, such as 0.5.');
  return share;
}

function minutesOf(given: string): number[] {
  const minutes = given.split(',').map((one) => (isNumber(one.trim()) ? Number(one) : Number.NaN));
  const isGrowing = minutes.every((one, index) => one > (minutes[index - 1] ?? 0));
  if (!isGrowing)
    throw new UsageError('--look-again takes growing numbers of minutes with commas between, such as 5,10,20.');
  return minutes;
}
