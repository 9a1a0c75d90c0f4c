import * as z from 'zod';
import { UsageError } from '../support/cli.ts';

const UNITS: Record<string, number> = { d: 86_400_000, h: 3_600_000 };

const day = z.iso.date();
const moment = z.iso.datetime({ local: true, offset: true });

/**
 * Returns the moment that an option means: a day, a moment, or a time span back from now.
 *
 * @param now milliseconds since the epoch, as what is returned
 * @throws UsageError for anything else, such as 30 February
 */
export function momentOf(option: string, value: string, now: number): number {
  const [, count, unit = ''] = /^(\d{1,5})([dh])$/.exec(value) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  if (day.safeParse(value).success) return Date.parse(value);
  if (moment.safeParse(value).success) return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`);
  throw new UsageError(
    `--${option} takes a day such as 2025-12-31, 2025-12-31T18:00:00, or a time span back such as 2d or 12h.`,
  );
}
