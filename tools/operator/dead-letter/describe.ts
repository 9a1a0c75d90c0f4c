import { styleText } from 'node:util';
import pMap from 'p-map';
import { describeWrite, tableOfWrites } from '../support/describe.ts';
import type { DryRun } from '../support/dry-run.ts';
import { duration, table } from '../support/table.ts';
import type { Desk } from './desk.ts';
import { type Letter, likelyReason, notificationOf, subjectOf, toPush } from './letter.ts';

/** A letter with what a plan of now says about it. */
interface Planned {
  letter: Letter;
  plan: DryRun | undefined;
}

/** How many letters are planned at once. */
const CONCURRENCY = 10;
const HEADER = ['id', 'type', 'resource', 'attempts', 'age', 'likely reason'];

/** Plans letters, until the work is stopped. */
export const planned = ({ dryRun, stop }: Pick<Desk, 'dryRun' | 'stop'>, letters: Letter[]): Promise<Planned[]> =>
  pMap(letters, async (letter) => ({ letter, plan: stop.aborted ? undefined : await dryRun(toPush(letter)) }), {
    concurrency: CONCURRENCY,
  });

const reasonOf = ({ letter, plan }: Planned): string => letter.error ?? planReasonOf(plan);
const planReasonOf = (plan: DryRun | undefined): string => (plan ? likelyReason(plan) : 'not planned');
const ageOf = ({ publishedAt }: Letter): string => duration(Date.now() - publishedAt);

/** A table of letters with the likely reason of each, and its lane where there are several. */
export const tableOfLetters = ({ hasLanes }: Pick<Desk, 'hasLanes'>, all: Planned[]): string =>
  table(
    [...(hasLanes ? ['lane'] : []), ...HEADER],
    all.map(({ letter, plan }) => [
      ...(hasLanes ? [letter.lane] : []),
      letter.id,
      ...subjectOf(letter),
      String(letter.attempts ?? '?'),
      ageOf(letter),
      reasonOf({ letter, plan }),
    ]),
  );

/** What is told of a letter as JSON: without personal data, unless its payload is asked for. */
export function toJson({ letter, plan }: Planned) {
  const [type, resource] = subjectOf(letter);
  return {
    id: letter.id,
    lane: letter.lane,
    type,
    resource,
    publishedAt: new Date(letter.publishedAt).toISOString(),
    attempts: letter.attempts,
    error: letter.error,
    likelyReason: planReasonOf(plan),
  };
}

/** The same with all that is known of one letter. */
export function toWholeJson({ letter, plan }: Planned, showPayload: boolean) {
  return {
    ...toJson({ letter, plan }),
    source: letter.source,
    handler: plan?.handler,
    itsAttempts: logQuery(letter),
    writes: plan?.writes.map(describeWrite) ?? [],
    ...(showPayload && { payload: payloadOf(letter) }),
  };
}

/** All that is known of one letter, for a terminal. */
export function textOf({ letter, plan }: Planned, showPayload: boolean): string {
  const { id, lane, attempts, source, publishedAt } = letter;
  const [type, resource] = subjectOf(letter);
  const facts: [string, string | undefined][] = [
    ['id', id],
    ['lane', lane],
    ['type', type],
    ['resource', resource],
    ['published', `${new Date(publishedAt).toISOString()}, ${ageOf(letter)} ago`],
    ['attempts', `${attempts ?? '?'}${source ? ` by ${source}` : ''}`],
    ['handler', plan?.handler],
    ['error', letter.error],
    ['likely reason', planReasonOf(plan)],
    ['its attempts', logQuery(letter)],
  ];
  const lines = facts.flatMap(([name, value]) => (value ? [`${styleText('bold', name.padEnd(14))} ${value}`] : []));
  if (plan && plan.writes.length > 0) lines.push('', tableOfWrites(plan.writes));
  if (showPayload) lines.push('', payloadOf(letter));
  return lines.join('\n');
}

const payloadOf = ({ data }: Letter): string => Buffer.from(data).toString('utf8');

/** A query for Cloud Logging: a dead letter has another message id than its attempts had. */
function logQuery(letter: Letter): string | undefined {
  const notification = notificationOf(letter);
  if (!notification || notification.notificationType === 'Event') return undefined;
  const { id, resource } = notification;
  if (notification.notificationType === 'Tick')
    return `jsonPayload.notificationType="Tick" AND jsonPayload.resource.typeId="${resource.typeId}"`;
  return typeof id === 'string' ? `jsonPayload.notificationId="${id}"` : `jsonPayload.resource.id="${resource.id}"`;
}
