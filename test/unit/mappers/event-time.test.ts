import { describe, expect, it } from 'vitest';
import { eventTime } from '../../../shared/mappers/event-time.ts';

const NOW = Date.parse('2026-06-01T12:00:00.000Z');

describe('eventTime', () => {
  it.each(['1991-01-01T00:00:00.000Z', '2026-06-01T14:00:00.000+02:00', '2027-06-01T11:59:59.000Z'])(
    'is %s, which Klaviyo takes',
    (time) => {
      expect(eventTime(time, NOW)).toBe(time);
    },
  );

  it.each([
    undefined,
    '0001-01-01T00:00:00.000Z',
    '1990-12-31T23:59:59.999Z',
    '2027-06-01T12:00:00.001Z',
    '9999-12-31T00:00:00Z',
  ])('is none for %s', (time) => {
    expect(eventTime(time, NOW)).toBeUndefined();
  });
});
