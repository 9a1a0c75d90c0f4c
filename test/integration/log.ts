import fs from 'node:fs';

/** A line of the log, parsed. */
export interface LogLine {
  severity: string;
  message: string;
  [field: string]: unknown;
}

/**
 * Takes what is written to standard output past `process.stdout`, as pino does, until released.
 *
 * Several may take at once; each gets everything.
 */
export function captureLog(): { lines: LogLine[]; release(): void } {
  const lines: LogLine[] = [];
  const { write, writeSync } = fs;
  const take = (text: unknown) => {
    for (const line of String(text).split('\n')) if (line.startsWith('{')) lines.push(JSON.parse(line));
  };
  Object.assign(fs, {
    write(fd: number, data: unknown, ...rest: unknown[]) {
      const done = rest.at(-1);
      if (fd !== 1 || typeof done !== 'function') return Reflect.apply(write, fs, [fd, data, ...rest]);
      take(data);
      process.nextTick(done, null, Buffer.byteLength(String(data)));
    },
    writeSync(fd: number, data: unknown, ...rest: unknown[]) {
      if (fd !== 1) return Reflect.apply(writeSync, fs, [fd, data, ...rest]);
      take(data);
      return Buffer.byteLength(String(data));
    },
  });
  return { lines, release: () => Object.assign(fs, { write, writeSync }) };
}
