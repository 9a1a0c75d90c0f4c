import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Difference, Reason } from '../../../shared/history/history.ts';
import { createReport } from '../../../shared/history/report.ts';
import { reportText } from '../../../tools/operator/history/tell.ts';

const profile = (number: number, ...fields: string[]): Difference => ({
  ...{ subject: 'profile', id: `c-${number}`, fields },
  what: fields.length > 0 ? 'differing' : 'missing',
});

function linesOf(fill: (report: ReturnType<typeof createReport>) => void, isWhole = true): string[] {
  const report = createReport();
  fill(report);
  return stripVTControlCharacters(reportText(report, isWhole)).split('\n');
}

describe('the report of a run', () => {
  test('says that both sides agree, and how much was compared', () => {
    const lines = linesOf((report) => {
      report.count('category', { commercetools: 12, klaviyo: 12 });
      report.count('Placed Order', { commercetools: 5_000_000 });
    });

    expect(lines).toEqual([
      '              commercetools  Klaviyo  missing  extra  differing  repaired  known',
      'categories    12             12       0        0      0          0',
      'Placed Order  5,000,000      -        0        0      0          0',
      'Both sides agree.',
    ]);
  });

  test('names what is missing and what differs, with the fields and how often each does', () => {
    const lines = linesOf((report) => {
      report.add(profile(1));
      report.add(profile(2, 'email', 'location'));
      report.add(profile(3, 'location'));
      report.add({ subject: 'Refunded Order', what: 'missing', id: 'payment-1', uniqueId: 'transaction-1' });
    });

    expect(lines.slice(3)).toEqual([
      'Fields of profiles that differ: location 2, email 1',
      'missing: profile c-1',
      'differing: profile c-2, email, location',
      'differing: profile c-3, location',
      'missing: Refunded Order payment-1, unique id transaction-1',
      '4 differences.',
    ]);
  });

  test('says why something stays, and does not count it as a difference', () => {
    const lines = linesOf((report) => report.add({ ...profile(1), reason: 'erased' }));

    expect(lines[1]).toMatch(/^profiles .* 1 of somebody erased$/);
    expect(lines.at(-1)).toBe('Both sides agree.');
  });

  test('names the first of many', () => {
    const lines = linesOf((report) => {
      for (let number = 0; number < 1500; number++) report.add(profile(number));
    });

    expect(lines.filter((line) => line.startsWith('missing: '))).toHaveLength(20);
    expect(lines.at(-2)).toBe('1,480 more of profiles: --json FILE has all of them');
  });

  test('never says that both sides agree when not all was looked at', () => {
    expect(linesOf(() => {}, false).at(-1)).toBe('It ended early: not all was looked at.');
    expect(linesOf((report) => report.add(profile(1)), false).at(-1)).toMatch(/ 1 difference so far\.$/);
  });

  test.each<Reason>(['erased', 'nobody', 'refused', 'shared'])(
    'has its words explained in docs/backfill.md: %s',
    (reason) => {
      const [header = '', row = ''] = linesOf((report) => report.add({ ...profile(1), reason }));
      const words = [...header.trim().split(/ {2,}/), row.split(/1 /).at(-1)];
      const guide = readFileSync(new URL('../../../docs/backfill.md', import.meta.url), 'utf8');

      expect(words).toHaveLength(8);
      expect(words.filter((word) => !guide.includes(String(word)))).toEqual([]);
    },
  );
});
