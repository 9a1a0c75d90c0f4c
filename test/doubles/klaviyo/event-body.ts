import * as z from 'zod';
import { profileBody } from './profile-body.ts';

const MAX_PROPERTIES = 400;
const MAX_STRING_BYTES = 100 * 1024;
const MAX_ENTRIES = 4000;
const MAX_LEVELS = 10;

const properties = z.record(z.string(), z.unknown()).superRefine((value, context) => {
  const count = Object.keys(value).length;
  if (count > MAX_PROPERTIES) context.addIssue(`An event takes ${MAX_PROPERTIES} properties, not ${count}.`);
  for (const message of excesses(value, 1)) context.addIssue(message);
});

/** Klaviyo refuses longer names. */
const METRIC_CHARACTERS = 127;
const YEAR = 365 * 24 * 60 * 60 * 1000;

const time = z.iso
  .datetime({ offset: true })
  .refine((value) => Date.parse(value) >= Date.UTC(1991, 0), 'The time must be after the year 1990.')
  .refine((value) => Date.parse(value) <= Date.now() + YEAR, 'The time can only be up to 1 year in the future.');

/** What an event says, within the limits of https://developers.klaviyo.com/en/reference/events_api_overview. */
const attributes = {
  properties,
  time: time.nullish(),
  value: z.number().nullish(),
  value_currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'Not an ISO 4217 currency code.')
    .nullish(),
  unique_id: z.string().min(1).max(255).nullish(),
  backfill: z.boolean().nullish(),
  metric: z.strictObject({
    data: z.strictObject({
      type: z.literal('metric'),
      attributes: z.strictObject({ name: z.string().min(1).max(METRIC_CHARACTERS), service: z.string().nullish() }),
    }),
  }),
};

const eventAttributes = z.strictObject(attributes);

/** What an event says, without whose it is. */
export type EventAttributes = z.infer<typeof eventAttributes>;

/** The body of one event. */
export const eventBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('event'),
    attributes: z.strictObject({ ...attributes, profile: profileBody }),
  }),
});

const event = z.strictObject({ type: z.literal('event'), attributes: eventAttributes });

const entry = z.strictObject({
  type: z.literal('event-bulk-create'),
  attributes: z.strictObject({
    backfill: z.boolean().nullish(),
    profile: profileBody,
    events: z.strictObject({ data: z.array(event) }),
  }),
});

/** The body of many events: each entry is a profile with some of its events. */
export const eventBulkBody = z.strictObject({
  data: z.strictObject({
    type: z.literal('event-bulk-create-job'),
    attributes: z.strictObject({ 'events-bulk-create': z.strictObject({ data: z.array(entry) }) }),
  }),
});

/** What in `value` is larger than Klaviyo takes, in words; `level` is that of `value` itself, from 1. */
function excesses(value: unknown, level: number): string[] {
  if (typeof value === 'string') {
    return Buffer.byteLength(value) > MAX_STRING_BYTES ? ['A string is larger than 100 KB.'] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (level > MAX_LEVELS) return [`Properties are nested deeper than ${MAX_LEVELS} levels.`];
  if (Array.isArray(value) && value.length > MAX_ENTRIES) return [`An array has more than ${MAX_ENTRIES} entries.`];
  return Object.values(value).flatMap((inner) => excesses(inner, level + 1));
}
