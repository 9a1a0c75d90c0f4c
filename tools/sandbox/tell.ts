import type { AttemptLine } from '../../test/doubles/attempts.ts';
import type { RecordedRequest } from '../../test/doubles/http.ts';
import type { Pulled } from '../../test/doubles/pubsub/client.ts';
import { published, type Result } from './play.ts';
import { ROWS } from './rows.ts';
import type { Scenario } from './scenario.ts';
import { bold, dim, mark, red, say, yellow } from './terminal.ts';

const INDENT = '       ';

/** Prints what comes in. */
export function tellScenario({ fixture, note }: Scenario, number: number, of: number): void {
  const count = `${number}/${of}`.padStart(INDENT.length - 2);
  say(`${dim(count)}  ${bold(fixture)}${note ? dim(`  ${note}`) : ''}`);
}

/** Prints that an attempt failed, the first time also why. */
export function tellFailure({ error, milliseconds }: AttemptLine, number: number): void {
  const why = number === 1 ? `: ${error?.message}` : '';
  say(`${INDENT}${yellow(`attempt ${number} failed`)} ${dim(`${milliseconds} ms`)}  ${error?.class}${why}`);
}

/** Prints what became of a scenario: the calls to Klaviyo, and what Klaviyo holds now. */
export function tellResult({ calls, held, outcome, attempts, problems }: Result): void {
  if (calls.length > 0) say(`${INDENT}${condensed(calls).join(dim(' · '))}`);
  const ends = { failed: `given up after ${attempts.length} attempts`, ignored: 'nothing to do', synced: 'synced' };
  say(`${INDENT.slice(2)}${mark(problems.length === 0)} ${held ?? ends[outcome]}`);
  for (const problem of problems) say(`${INDENT}${red(problem)}`);
}

/** Requests to Klaviyo in short, equal ones counted: `POST events 202 ×3`. */
export function condensed(calls: RecordedRequest[]): string[] {
  const counts = new Map<string, number>();
  for (const { method, path, status } of calls) {
    const [place = ''] = path.split('?');
    // Ids have other characters too.
    const words = place.split('/').filter((part) => /^[a-z-]+$/.test(part) && part !== 'api');
    const call = `${method} ${words.join('/')} ${status ?? 'cut off'}`;
    counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  return [...counts].map(([call, count]) => (count > 1 ? `${call} ×${count}` : call));
}

/** Prints the mapping's table with what became of each row. */
export function tellSummary(results: Result[]): void {
  const header = ['arrived', 'attempts', 'calls', 'handler', 'becomes'];
  const rows = ROWS.map((row) => {
    const ofRow = results.filter((result) => result.row === row);
    const right = ofRow.filter(({ problems }) => problems.length === 0).length;
    const sum = (count: (result: Result) => number) => String(ofRow.reduce((all, one) => all + count(one), 0));
    return {
      isRight: ofRow.length > 0 && right === ofRow.length,
      cells: [
        `${right} of ${ofRow.length}`,
        sum(({ attempts }) => attempts.length),
        sum(({ calls }) => calls.length),
        row.handler ?? '',
        row.becomes,
      ],
    };
  });
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  say();
  say(bold(`   ${line(header)}`));
  for (const { isRight, cells } of rows) say(` ${mark(isRight)} ${line(cells)}`);
}

/** Prints what is in the dead-letter topic, and why. */
export function tellDeadLetters(letters: Pulled[], results: Result[]): void {
  say();
  say(bold(`Dead-letter topic: ${letters.length === 1 ? '1 message' : `${letters.length} messages`}`));
  for (const { data, messageId, attributes } of letters) {
    const source = results.find(({ scenario }) => published(scenario) === data);
    const count = attributes.CloudPubSubDeadLetterSourceDeliveryCount;
    say(`   message ${messageId}, given up as message ${source?.messageId} after ${count} attempts`);
    say(`   ${source?.scenario.fixture}: ${source?.attempts.at(-1)?.error?.message}`);
    say(`   ${dim(`${data.replace(/\s+/g, ' ').slice(0, 100)}…`)}`);
  }
}
