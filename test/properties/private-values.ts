import { expect } from 'vitest';
import { seeded } from '../doubles/shop/seed.ts';

/** Fields of customers and orders that tell who somebody is or where. */
const PRIVATE_FIELDS = new Set([
  'email',
  'customerEmail',
  'firstName',
  'lastName',
  'companyName',
  'company',
  'streetName',
  'phone',
  'mobile',
]);

/** Every private value of the shop's people, their phone numbers also as Klaviyo has them. */
export const PRIVATE_VALUES: readonly string[] = [
  ...new Set([...privateValues([...seeded('customer'), ...seeded('order')]), '+491713920015', '+12125550162']),
];

/** The private values in any data, each once. */
function privateValues(data: unknown, name = ''): string[] {
  if (typeof data === 'string') return PRIVATE_FIELDS.has(name) && data.length > 2 ? [data] : [];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => privateValues(value, Array.isArray(data) ? name : key));
}

/** Those of the values that a text tells, in any case, as they are or encoded for JSON or a URL. */
export function toldIn(text: string, values: readonly string[]): string[] {
  const searched = text.toLowerCase();
  const spellings = (value: string) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
  ];
  return values.filter((value) => spellings(value).some((spelling) => searched.includes(spelling.toLowerCase())));
}

/** Google Cloud Logging takes no longer entry: https://cloud.google.com/logging/quotas#log-limits */
const LINE_BYTES = 256 * 1024;

const FIELDS = new Set([
  ...['severity', 'time', 'message', 'outcome', 'calls', 'milliseconds', 'warnings', 'error', 'stack_trace'],
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
  expect(toldIn(text, [...PRIVATE_VALUES, ...secrets])).toEqual([]);
  expect(text).not.toMatch(/bearer |klaviyo-api-key|authorization|"attributes"|"data":/i);
}
