const WIDTH = 30;

/** A bar for a terminal: `[###---]`. */
export function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.round((WIDTH * done) / total) : 0;
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}]`;
}
