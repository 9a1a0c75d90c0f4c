/** Returns a table in Markdown. */
export const table = (header: string[], rows: string[][]): string =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** Returns a text as code in Markdown. */
export const code = (text: string): string => `\`${text}\``;
