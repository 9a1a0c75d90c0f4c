import { AsyncLocalStorage } from 'node:async_hooks';

/** The ways of an invocation, and of the console, to write a line. */
type Level = 'debug' | 'info' | 'warn' | 'error';

/** Whatever Application Insights shows with the invocation that it is written by. */
export type InvocationLog = Record<Level, (line: string) => void>;

/** Our severities as Azure Functions has them; there is nothing above an error. */
const LEVELS: Record<string, Level> = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn' };

const storage = new AsyncLocalStorage<InvocationLog>();

/** Runs work whose lines are written by an invocation. */
export const loggedBy = <T>(invocation: InvocationLog, work: () => T): T => storage.run(invocation, work);

/** Writes a line of the log by the invocation that is under way; by the console where there is none. */
export const azureLog = {
  write(line: string): void {
    const [, severity = ''] = /"severity":"(\w+)"/.exec(line) ?? [];
    const log: InvocationLog = storage.getStore() ?? console;
    log[LEVELS[severity] ?? 'error'](line.trimEnd());
  },
};
