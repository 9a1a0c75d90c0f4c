import { stripVTControlCharacters, styleText } from 'node:util';

const out = process.stdout;
// Whoever reads has gone, as `head` does.
out.once('error', () => process.exit(1));

const CLEAR_LINE = '\r\u001b[2K';

/** Prints a line, in place of the progress shown; on a terminal folded to its width. */
export function say(line = ''): void {
  out.write(out.isTTY ? `${CLEAR_LINE}${folded(line, out.columns)}\n` : `${line}\n`);
}

/**
 * Folds a line between words where it is wider than a number of columns.
 *
 * @param hang columns that every line but the first begins with; by default two more than the first one does
 */
export function folded(line: string, columns: number, hang = 2 + plain(line).search(/\S|$/)): string {
  const lines: string[] = [];
  for (const word of line.split(/(?<=\S) (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && plain(last).length + 1 + plain(word).length <= columns)
      lines.push(`${lines.pop()} ${word}`);
    else lines.push(last === undefined ? word : ' '.repeat(hang) + word);
  }
  return lines.join('\n');
}

const plain = stripVTControlCharacters;

/** Shows what is under way until the next line is printed; on a terminal only. */
export function progress(text: string): void {
  if (out.isTTY) out.write(CLEAR_LINE + dim(text.slice(0, (out.columns || 80) - 1)));
}

/** Colours, where there is a terminal that wants them. */
export const bold = (text: string): string => styleText('bold', text);
export const dim = (text: string): string => styleText('dim', text);
export const green = (text: string): string => styleText('green', text);
export const yellow = (text: string): string => styleText('yellow', text);
export const red = (text: string): string => styleText('red', text);

/** A tick or a cross. */
export const mark = (isRight: boolean): string => (isRight ? green('✓') : red('✗'));
