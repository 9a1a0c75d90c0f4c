const WIDTH = 30;
/** Without a terminal a line is written for every so many. */
const LINE_EVERY = 100;

/** A bar for a terminal: `[###---] 12/30`. */
export function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.round((WIDTH * done) / total) : 0;
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${done}/${total}`;
}

/** Shows how far a replay is: a bar on a terminal, else a line now and then. */
export const createProgress = (stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>) => ({
  update(done: number, found: number): void {
    if (stream.isTTY) stream.write(`\r${bar(done, found)}`);
    else if (done % LINE_EVERY === 0) stream.write(`${done} of ${found} so far replayed\n`);
  },
  /** Leaves the line of the bar. */
  end(): void {
    if (stream.isTTY) stream.write('\n');
  },
});
