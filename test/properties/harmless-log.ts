import { expect } from 'vitest';
import { PERSONAL_VALUES, toldIn } from '../doubles/personal.ts';

/** Google Cloud Logging takes no longer entry: https://cloud.google.com/logging/quotas#log-limits */
const LINE_BYTES = 256 * 1024;

const FIELDS = new Set([
  ...['severity', 'time', 'message', 'outcome', 'calls', 'events', 'milliseconds', 'warnings', 'error', 'stack_trace'],
  ...['messageId', 'deliveryAttempt', 'ageMilliseconds', 'logging.googleapis.com/trace', 'notificationType'],
  ...['notificationId', 'messageType', 'resource', 'handler'],
]);

/**
 * Lines of a log hold known fields only, which leaves no room for bodies and headers, are not too long to be kept, and
 * tell no private value of the shop and none of the secrets.
 */
export function expectHarmlessLog(lines: readonly string[], secrets: readonly string[]): void {
  for (const line of lines) {
    expect(Object.keys(JSON.parse(line)).filter((field) => !FIELDS.has(field))).toEqual([]);
    expect(Buffer.byteLength(line)).toBeLessThan(LINE_BYTES);
  }
  const text = lines.join('');
  expect(toldIn(text, [...PERSONAL_VALUES, ...secrets])).toEqual([]);
  expect(text).not.toMatch(/bearer |klaviyo-api-key|authorization|"attributes"|"data":/i);
}
