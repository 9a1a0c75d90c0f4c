import { describe, expect, it } from 'vitest';
import { InvalidMessageError } from '../../../shared/errors.ts';
import type { Tick } from '../../../shared/platform-format/schema.ts';
import { windowOf } from '../../../shared/platform-format/tick.ts';
import { decode, push } from '../support.ts';

const tickOf = (fields = {}): Tick => {
  const { notification } = decode(push({ notificationType: 'Tick', resource: { typeId: 'cart' }, ...fields }));
  return notification.notificationType === 'Tick' ? notification : expect.unreachable();
};

/** The window of a tick that was published at a time, as ISO 8601. */
const windowAt = (publishedAt: string, fields = {}) => {
  const { from, to } = windowOf(tickOf(fields), Date.parse(publishedAt));
  return [from, to].map((time) => new Date(time).toISOString());
};

describe('the window of a tick', () => {
  const usual = ['2026-05-25T09:55:00.000Z', '2026-05-25T10:05:00.000Z'];

  it.each([
    ['on time', '2026-05-25T10:05:00.000Z'],
    ['a little late', '2026-05-25T10:05:03.210Z'],
    ['very late', '2026-05-25T10:09:49.999Z'],
    ['a little early, as clocks differ', '2026-05-25T10:04:50.000Z'],
  ])('is the same when it comes %s', (_, publishedAt) => {
    expect(windowAt(publishedAt)).toEqual(usual);
  });

  it('looks back to the tick before the last, so that one may be missing', () => {
    expect(windowAt('2026-05-25T10:15:00.000Z')).toEqual(['2026-05-25T10:05:00.000Z', '2026-05-25T10:15:00.000Z']);
  });

  it('is as wide as the interval says', () => {
    expect(windowAt('2026-05-25T10:40:00.000Z', { intervalSeconds: 3600 })).toEqual([
      '2026-05-25T08:00:00.000Z',
      '2026-05-25T10:00:00.000Z',
    ]);
  });

  it('is that of the time that a person wrote, whenever it is published', () => {
    expect(windowAt('2026-11-02T08:00:00.000Z', { time: '2026-05-25T12:05:00+02:00' })).toEqual(usual);
  });

  it('is that of now where nobody says when it was published', () => {
    const before = Date.now();
    expect(windowOf(tickOf()).to).toBeGreaterThan(before - 300_000);
  });

  it.each([
    ['midnight', '2026-05-26T00:00:01.000Z', '2026-05-25T23:50:00.000Z', '2026-05-26T00:00:00.000Z'],
    ['the end of a year', '2027-01-01T00:05:00.000Z', '2026-12-31T23:55:00.000Z', '2027-01-01T00:05:00.000Z'],
    [
      'the beginning of summer time',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T00:50:00.000Z',
      '2026-03-29T01:00:00.000Z',
    ],
    ['the end of summer time', '2026-10-25T01:00:00.000Z', '2026-10-25T00:50:00.000Z', '2026-10-25T01:00:00.000Z'],
  ])('knows nothing of %s', (_, publishedAt, from, to) => {
    expect(windowAt(publishedAt)).toEqual([from, to]);
  });
});

describe('a tick', () => {
  it('comes every five minutes unless it says otherwise', () => {
    expect(tickOf().intervalSeconds).toBe(300);
  });

  it.each([
    ['intervalSeconds', { intervalSeconds: 0 }],
    ['intervalSeconds', { intervalSeconds: 90.5 }],
    ['intervalSeconds', { intervalSeconds: 86_401 }],
    ['intervalSeconds', { intervalSeconds: '300' }],
    ['time', { time: 'yesterday' }],
    ['resource', { resource: undefined }],
    ['resource.typeId', { resource: {} }],
  ])('is refused for its %s', (path, fields) => {
    expect(() => tickOf(fields)).toThrow(InvalidMessageError);
    expect(() => tickOf(fields)).toThrow(`${path}: `);
  });
});
