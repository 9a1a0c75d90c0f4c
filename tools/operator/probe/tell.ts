import { styleText } from 'node:util';
import type { Result } from './run.ts';

const MARKS = {
  agrees: styleText('green', '✓'),
  differs: styleText('red', '✗'),
  untried: styleText('yellow', '!'),
} satisfies Record<Result['verdict'], string>;

/** Returns what an experiment found in a line, and what to change in another. */
export function lineOf({ subject, name, question, verdict, assumed, found, change }: Result): string {
  const head = `${MARKS[verdict]} ${styleText('bold', `${subject} ${name}`)}: ${question}`;
  if (verdict === 'agrees') return `${head} ${found}`;
  if (verdict === 'untried') return `${head} not found out: ${found}`;
  return `${head}\n    assumed: ${assumed}\n    found:   ${found}\n    → ${change}`;
}

/** Returns how many experiments came out how. */
export function summaryOf(results: readonly Result[]): string {
  const count = (verdict: Result['verdict']) => results.filter((result) => result.verdict === verdict).length;
  return `${count('agrees')} agree, ${count('differs')} differ, ${count('untried')} not found out.`;
}
