import { type Choice, isChosen, mostOf } from './choice.ts';
import { planned, tableOfLetters, textOf, toJson, toWholeJson } from './describe.ts';
import type { Desk } from './desk.ts';
import { isOnItsWay, type Letter, subjectOf } from './letter.ts';
import { createProgress } from './progress.ts';
import { replay, StillRefusedError } from './replay.ts';

/** How many are listed when nobody says. */
const LISTED = 100;
/** How far this machine's clock may be behind that of Pub/Sub. */
const CLOCK_SKEW_MILLISECONDS = 60_000;

const print = (content: unknown): void => console.log(JSON.stringify(content, null, 2));

/** The chosen letters, oldest first. */
async function find(desk: Desk, choice: Choice, isWanted = (letter: Letter) => isChosen(choice, letter)) {
  const most = mostOf(choice);
  const letters: Letter[] = [];
  for await (const batch of desk.queue.batches()) {
    letters.push(...batch.filter(isWanted).slice(0, most - letters.length));
    if (desk.stop.aborted || letters.length >= most) break;
  }
  return letters.sort((a, b) => a.publishedAt - b.publishedAt);
}

/** Says which ids were asked for and not found; returns whether all were. */
function areAllFound({ ids }: Choice, found: readonly string[]): boolean {
  const missing = ids.filter((id) => !found.includes(id));
  for (const id of missing)
    console.error(`There is no message ${id}; or somebody else is looking at it, then try again in a minute.`);
  return missing.length === 0;
}

const idsOf = (letters: Letter[]): string[] => letters.map(({ id }) => id);

/** Lists what waits, oldest first. */
export async function list(desk: Desk, choice: Choice): Promise<boolean> {
  const { limit = LISTED } = choice;
  const letters = await find(desk, { ...choice, limit });
  const all = await planned(desk, letters);
  if (desk.json) print(all.map(toJson));
  else if (all.length > 0) console.log(tableOfLetters(desk, all));
  else console.log(`No message${choice.type ? ` of type ${choice.type}` : ''} has been given up.`);
  if (letters.length === limit) console.error(`There may be more than these ${limit}: --limit N lists more.`);
  return areAllFound(choice, idsOf(letters));
}

/** Shows letters: what each is, why it failed, and what it would write. */
export async function show(desk: Desk, choice: Choice): Promise<boolean> {
  const { json, showPayload } = desk;
  const letters = await find(desk, choice);
  const all = await planned(desk, letters);
  if (json) print(all.map((one) => toWholeJson(one, showPayload)));
  else if (all.length > 0) console.log(all.map((one) => textOf(one, showPayload)).join('\n\n'));
  return areAllFound(choice, idsOf(letters));
}

/** Brings letters back to the topic of their lane. */
export async function replayChosen(desk: Desk, choice: Choice): Promise<boolean> {
  const { queue, publish, stop } = desk;
  // What is given up again while this runs is left for another time.
  const latest = Date.now() + CLOCK_SKEW_MILLISECONDS;
  const isWanted = (letter: Letter) => letter.givenUpAt < latest && !isOnItsWay(letter) && isChosen(choice, letter);
  if (desk.isDryRun) return wouldReplay(desk, choice, isWanted);
  const replayed: string[] = [];
  const refused: string[] = [];
  const progress = createProgress(process.stderr);
  const noted = async (letter: Letter) => {
    try {
      await publish(letter);
      replayed.push(letter.id);
    } catch (error) {
      if (error instanceof StillRefusedError) refused.push(letter.id);
      throw error;
    }
  };
  try {
    const done = await replay({
      queue,
      isWanted,
      limit: mostOf(choice),
      publish: noted,
      stop,
      onProgress: progress.update,
    });
    progress.end();
    console.log(`${done} replayed${stop.aborted ? '; stopped, the rest is where it was' : ''}`);
    if (refused.length > 0) console.error(`${refused.length} failed again and stay where they are.`);
    return areAllFound(choice, [...replayed, ...refused]) && refused.length === 0 && !stop.aborted;
  } catch (error) {
    progress.end();
    console.log('Not all were replayed. Those that were not are still among the dead letters.');
    throw error;
  }
}

async function wouldReplay(desk: Desk, choice: Choice, isWanted: (letter: Letter) => boolean): Promise<boolean> {
  const letters = await find(desk, choice, isWanted);
  if (letters.length > 0) console.log(tableOfLetters(desk, await planned(desk, letters)));
  console.log(`${letters.length} would be replayed`);
  return areAllFound(choice, idsOf(letters));
}

/** Takes letters off the subscription for good. */
export async function drop(desk: Desk, choice: Choice): Promise<boolean> {
  const letters = await find(desk, choice);
  for (const letter of letters) {
    if (!desk.isDryRun) await desk.queue.acknowledge(letter);
    console.log(`${letter.id} ${subjectOf(letter).join(' of ')} ${desk.isDryRun ? 'would be dropped' : 'dropped'}`);
  }
  return areAllFound(choice, idsOf(letters));
}
