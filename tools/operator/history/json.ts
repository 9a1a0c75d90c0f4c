import { appendFileSync, closeSync, ftruncateSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { startedFrom } from '../../../shared/config/early.ts';
import { UsageError } from '../support/cli.ts';

const PROBLEMS: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be written by you',
  EROFS: 'is on a disk that cannot be written',
  ENOSPC: 'the disk is full',
};

/** A file that takes a line of JSON at a time. */
export interface JsonFile {
  /** Empties the file. */
  begin(): void;
  /** Writes a line, which is in the file then. Once one could not be written, no other is. */
  write(line: object): void;
  /** Returns why not all lines are in the file; undefined when they are. */
  problem(): string | undefined;
  close(): void;
}

/**
 * Opens a file, seen from where the command was typed.
 *
 * @param onProblem called once when a line cannot be written, with the reason
 * @throws UsageError that says in a line why it cannot be written
 */
export function openJson(file: string, onProblem: (problem: string) => void): JsonFile {
  let problem: string | undefined;
  const descriptor = attempt(
    () => openSync(resolve(startedFrom(), file), 'a'),
    (reason) => {
      throw new UsageError(`--json ${file}: ${reason}`);
    },
  );
  return {
    begin() {
      // A pipe cannot be emptied, and is empty.
      attempt(
        () => ftruncateSync(descriptor),
        () => undefined,
      );
    },
    write(line) {
      if (problem) return;
      attempt(
        () => appendFileSync(descriptor, `${JSON.stringify(line)}\n`),
        (reason) => {
          problem = `--json ${file}: ${reason}`;
          onProblem(problem);
        },
      );
    },
    problem: () => problem,
    close: () => closeSync(descriptor),
  };
}

/** Does something with a file, or something else with the reason why the system refuses. */
function attempt<T>(work: () => T, otherwise: (reason: string) => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    const code = String(error.code);
    return otherwise(PROBLEMS[code] ?? `cannot be written (${code})`);
  }
}
