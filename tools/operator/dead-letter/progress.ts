import { bar } from '../support/bar.ts';

/** Without a terminal a line is written for every so many. */
const LINE_EVERY = 100;

/** Shows how far a replay is: a bar on a terminal, else a line now and then. */
export const createProgress = (stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>) => ({
  update(done: number, found: number): void {
    if (stream.isTTY) stream.write(`\r${bar(done, found)} ${done}/${found}`);
    else if (done % LINE_EVERY === 0) stream.write(`${done} of ${found} so far replayed\n`);
  },
  /** Leaves the line of the bar. */
  end(): void {
    if (stream.isTTY) stream.write('\n');
  },
});
