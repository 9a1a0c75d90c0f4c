import { existsSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs, styleText } from 'node:util';
import { SyncError } from '../../../shared/errors.ts';
import { safeToLog } from '../../../shared/log/safely.ts';

const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** Something that whoever runs the tool can mend; its message may be printed. */
export class ToolError extends Error {}

/** Something is wrong with the command line. */
export class UsageError extends ToolError {}

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

type Parsed<O extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>
>;

/** A program for the terminal. */
export interface Tool<O extends ParseArgsOptionsConfig> {
  /** What `--help` prints. */
  help: string;
  options: O;
  /** Gives whether all is well. Throws UsageError when it cannot tell what is wanted. */
  run(values: Parsed<O>['values'], positionals: string[]): Promise<boolean>;
}

/** A tool with the types of its options known. */
export const defineTool = <O extends ParseArgsOptionsConfig>(tool: Tool<O>): Tool<O> => tool;

/**
 * Runs a tool, after reading `.env` where there is one.
 *
 * @returns the exit code: 0 all is well, 1 it is not, 2 the command line is not understood
 */
export async function runTool<O extends ParseArgsOptionsConfig>(
  { help, options, run }: Tool<O>,
  args = process.argv.slice(2),
): Promise<number> {
  try {
    if (parseArgs({ args, options: HELP, strict: false }).values.help) {
      console.log(help.trim());
      return EXIT.ok;
    }
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    if (existsSync('.env')) process.loadEnvFile('.env');
    return (await run(values, positionals)) ? EXIT.ok : EXIT.failed;
  } catch (error) {
    console.error(styleText('red', messageOf(error), { stream: process.stderr }));
    if (!isUsage(error)) return EXIT.failed;
    console.error('--help tells what there is.');
    return EXIT.usage;
  }
}

const isUsage = (error: unknown): boolean =>
  error instanceof UsageError ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

/** What Google's client adds to an error after its retries: one such list for each of them. */
const EARLIER_TRIES = / : Previous errors : .*$/s;

/** What may be said of an error: our own words and those of Google's API; of anything else only its kind. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unexpected error';
  if (error instanceof SyncError) return `${error.name}: ${error.message}`;
  if (isGoogles(error)) return `Pub/Sub: ${error.details || error.message.replace(EARLIER_TRIES, '')}`;
  const mayBeSaid = error instanceof ToolError || isUsage(error) || 'syscall' in error;
  return mayBeSaid ? error.message : `unexpected ${safeToLog(error).name}`;
}

/** An error of gRPC has a number for a code, and details unless the client gave up by itself. */
const isGoogles = (error: Error): error is Error & { details?: string } =>
  'details' in error || ('code' in error && Object.hasOwn(error, 'code') && typeof error.code === 'number');

/**
 * A whole number of one or more.
 *
 * @throws UsageError for anything else; undefined stays undefined
 */
export function countOf(option: string, value: string): number;
export function countOf(option: string, value: string | undefined): number | undefined;
export function countOf(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(value)) throw new UsageError(`--${option} takes a number of 1 or more`);
  return Number(value);
}
