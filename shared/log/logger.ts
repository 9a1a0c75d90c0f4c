import { type DestinationStream, pino } from 'pino';

/** Google Cloud's severities by pino's levels: https://cloud.google.com/logging/docs/structured-logging */
const SEVERITY: Record<string, string> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
};

/**
 * Returns a logger that writes one JSON line an entry, as Google Cloud Logging reads it.
 *
 * @param level the least level that is written (pino's names)
 * @param destination standard output when left out
 */
export const createLogger = (level: string, destination?: DestinationStream) =>
  pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ severity: SEVERITY[label] }) },
    },
    destination,
  );

/** Where an attempt's log line goes. */
export type Logger = ReturnType<typeof createLogger>;
