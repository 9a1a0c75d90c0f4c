import { styleText } from 'node:util';
import pMap from 'p-map';
import { tableOfWrites } from '../support/describe.ts';
import type { DryRun } from '../support/dry-run.ts';
import { duration, table } from '../support/table.ts';
import { isOnItsWay, type Letter, likelyReason, notificationOf, subjectOf, toPush } from './letter.ts';
import { createProgress } from './progress.ts';
import type { Queue } from './queue.ts';
import { replay } from './replay.ts';

/** What the commands work with. */
export interface Desk {
  queue: Queue;
  /** Plans a letter without sending it. */
  dryRun(event: unknown): Promise<DryRun>;
  publish(letter: Letter): Promise<void>;
  /** Aborted by Ctrl-C. */
  stop: AbortSignal;
  showPayload: boolean;
}

/** Which letters to replay. */
export interface Choice {
  type?: string;
  limit: number;
  isDryRun: boolean;
}

/** How many letters are planned at once. */
const CONCURRENCY = 10;
/** How far this machine's clock may be behind that of Pub/Sub. */
const CLOCK_SKEW_MILLISECONDS = 60_000;
const HEADER = ['id', 'type', 'resource', 'attempts', 'age', 'likely reason'];

/** A table of letters with the likely reason of each. */
async function tableOfLetters({ dryRun, stop }: Desk, letters: Letter[]): Promise<string> {
  const toRow = async (letter: Letter): Promise<string[]> => {
    const reason = stop.aborted ? 'not planned' : likelyReason(await dryRun(toPush(letter)));
    const age = duration(Date.now() - letter.publishedAt);
    return [letter.id, ...subjectOf(letter), String(letter.attempts ?? '?'), age, reason];
  };
  return table(HEADER, await pMap(letters, toRow, { concurrency: CONCURRENCY }));
}

/** Lists what waits, oldest first. */
export async function list(desk: Desk, limit: number): Promise<boolean> {
  const letters: Letter[] = [];
  for await (const batch of desk.queue.batches(limit)) letters.push(...batch);
  letters.sort((a, b) => a.publishedAt - b.publishedAt);
  console.log(letters.length > 0 ? await tableOfLetters(desk, letters) : 'No message has been given up.');
  if (letters.length === limit) console.log(`There may be more than these ${limit}: --limit N lists more.`);
  return true;
}

async function find({ queue, stop }: Desk, id: string): Promise<Letter | undefined> {
  for await (const batch of queue.batches()) {
    const letter = batch.find((one) => one.id === id);
    if (letter || stop.aborted) return letter;
  }
  console.error(`There is no message ${id}; or somebody else is looking at it, then try again in a minute.`);
  return undefined;
}

/** Shows one letter: what it is, why it failed, and what it would write. */
export async function show(desk: Desk, id: string): Promise<boolean> {
  const letter = await find(desk, id);
  if (!letter) return false;
  const plan = await desk.dryRun(toPush(letter));
  const notification = notificationOf(letter);
  const [type, resource] = subjectOf(letter);
  const facts: [string, string | undefined][] = [
    ['id', letter.id],
    ['type', type],
    ['resource', resource],
    ['published', `${new Date(letter.publishedAt).toISOString()}, ${duration(Date.now() - letter.publishedAt)} ago`],
    ['attempts', `${letter.attempts ?? '?'}${letter.source ? ` by ${letter.source}` : ''}`],
    ['handler', plan.handler],
    ['likely reason', likelyReason(plan)],
    ['its attempts', notification && notification.notificationType !== 'Event' ? logQuery(notification) : undefined],
  ];
  for (const [name, value] of facts) if (value) console.log(`${styleText('bold', name.padEnd(14))} ${value}`);
  if (plan.writes.length > 0) console.log(`\n${tableOfWrites(plan.writes)}`);
  if (desk.showPayload) console.log(`\n${Buffer.from(letter.data).toString('utf8')}`);
  return true;
}

/** A query for Cloud Logging: a dead letter has another message id than its attempts had. */
const logQuery = ({ id, resource }: { id?: unknown; resource: { id: string } }): string =>
  typeof id === 'string' ? `jsonPayload.notificationId="${id}"` : `jsonPayload.resource.id="${resource.id}"`;

/** Brings letters back to the topic they came from. */
export async function replayChosen(desk: Desk, { type, limit, isDryRun }: Choice): Promise<boolean> {
  const { queue, stop } = desk;
  // What is given up again while this runs is left for another time.
  const latest = Date.now() + CLOCK_SKEW_MILLISECONDS;
  const isWanted = (letter: Letter) =>
    letter.givenUpAt < latest && !isOnItsWay(letter) && (type === undefined || subjectOf(letter)[0] === type);
  if (isDryRun) return wouldReplay(desk, isWanted, limit);
  const progress = createProgress(process.stderr);
  const onProgress = progress.update;
  try {
    const done = await replay({ queue, isWanted, limit, publish: desk.publish, stop, onProgress });
    progress.end();
    console.log(`${done} replayed${stop.aborted ? '; stopped, the rest is where it was' : ''}`);
    return !stop.aborted;
  } catch (error) {
    progress.end();
    console.log('Not all were replayed. Those that were not are still in the dead-letter subscription.');
    throw error;
  }
}

async function wouldReplay(desk: Desk, isWanted: (letter: Letter) => boolean, limit: number): Promise<boolean> {
  const letters: Letter[] = [];
  for await (const batch of desk.queue.batches()) {
    letters.push(...batch.filter(isWanted).slice(0, limit - letters.length));
    if (desk.stop.aborted || letters.length >= limit) break;
  }
  if (letters.length > 0) console.log(await tableOfLetters(desk, letters));
  console.log(`${letters.length} would be replayed`);
  return true;
}

/** Takes one letter off the subscription for good. */
export async function drop(desk: Desk, id: string, isDryRun: boolean): Promise<boolean> {
  const letter = await find(desk, id);
  if (!letter) return false;
  if (!isDryRun) await desk.queue.acknowledge(letter);
  console.log(`${letter.id} ${subjectOf(letter).join(' of ')} ${isDryRun ? 'would be dropped' : 'dropped'}`);
  return true;
}
