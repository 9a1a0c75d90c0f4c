import type { Kind, Progress } from '../../../shared/history/history.ts';
import { messageOf } from '../support/cli.ts';
import { duration } from '../support/table.ts';
import { barOf, createGauge, type Gauge, grouped, wordsOf } from './gauge.ts';

/** Milliseconds between two pictures on a terminal, and two lines without one. */
const EVERY = { picture: 500, line: 30_000 };
/** How long nothing has to succeed before it is said, in milliseconds. */
const SILENCE = 30_000;

const UP = (lines: number) => (lines > 0 ? `\u001b[${lines}A` : '');
const CLEAR_BELOW = '\r\u001b[J';

/** Where progress is shown. */
type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/** Progress that somebody can see. */
export interface ShownProgress extends Progress {
  /**
   * Takes note of a call that failed and is made again.
   *
   * @param milliseconds until then
   * @param failing milliseconds for which no call has succeeded
   */
  failed(error: unknown, milliseconds: number, failing: number): void;
  /** Writes a line above what is shown. */
  note(line: string): void;
  /** Shows how far it is, if it is time for it. Called again and again. */
  show(): void;
  /** Shows how far it is until work ends. Returns what the work returns. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Shows how far a run is: a bar for each kind on a terminal, else a line now and then. That calls fail for long is said once, and once
 * when they succeed again.
 *
 * @param now milliseconds
 */
export function createProgress(stream: Stream, now = Date.now): ShownProgress {
  const gauges = new Map<Kind, Gauge>();
  let [shownAt, lines, failures] = [now(), 0, 0];
  let isSilent = false;

  function gaugeOf(kind: Kind): Gauge {
    const gauge = gauges.get(kind) ?? createGauge(kind);
    gauges.set(kind, gauge);
    return gauge;
  }

  function picture(): void {
    const all = [...gauges.values()];
    for (const gauge of all) gauge.sample(now());
    shownAt = now();
    const again =
      failures > 0 ? [`${grouped(failures)} ${failures === 1 ? 'call' : 'calls'} failed and made again`] : [];
    if (stream.isTTY) {
      const rows = [...all.map(barOf), ...again].map((row) => row.slice(0, (stream.columns || 80) - 1));
      stream.write(`${UP(lines)}${CLEAR_BELOW}${rows.map((row) => `${row}\n`).join('')}`);
      lines = rows.length;
    } else {
      const words = [...all.filter(isUnderWay).map(wordsOf), ...again];
      if (words.length > 0) stream.write(`${words.join('; ')}\n`);
    }
  }

  function note(line: string): void {
    stream.write(`${stream.isTTY ? UP(lines) + CLEAR_BELOW : ''}${line}\n`);
    lines = 0;
    if (stream.isTTY) picture();
  }

  function show(): void {
    if (now() - shownAt >= (stream.isTTY ? EVERY.picture : EVERY.line)) picture();
  }

  return {
    expect(kind, units) {
      gaugeOf(kind).total += units;
    },
    done(kind, units) {
      gaugeOf(kind).done += units;
      if (isSilent) note('It goes on.');
      isSilent = false;
    },
    say(kind, text) {
      gaugeOf(kind).step = text;
    },
    failed(error, _, failing) {
      failures++;
      if (failing < SILENCE) isSilent = false;
      else if (!isSilent) {
        isSilent = true;
        note(`Nothing has come through for ${duration(failing)}: ${messageOf(error)}. It is tried again, for an hour.`);
      }
    },
    note,
    show,
    async during(work) {
      const timer = setInterval(show, EVERY.picture);
      try {
        return await work();
      } finally {
        clearInterval(timer);
        if (stream.isTTY) picture();
      }
    },
  };
}

const isUnderWay = ({ done, total, step }: Gauge): boolean => done < total || step !== '';
