import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startedFrom } from '../../../shared/config/early.ts';
import { ToolError } from './cli.ts';

const PROBLEMS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by you',
};

/**
 * Reads a text file, seen from where the command was typed; without the mark that some editors begin a file with.
 *
 * @throws ToolError that says in a line why it cannot be read
 */
export function readText(file: string): string {
  try {
    return readFileSync(resolve(startedFrom(), file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ToolError(`${file}: ${PROBLEMS[code] ?? `cannot be read (${code})`}`);
  }
}
