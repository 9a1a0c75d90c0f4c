import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, match = '']) => match);

describe('docs/operations.md', () => {
  const runbook = read('docs/operations.md');

  test('has a section for each alert', () => {
    const alerts = found(
      ['alerts', 'alerts-neglect', 'alerts-history', 'schedule']
        .map((file) => read(`terraform/${file}.tf`))
        .join('\n')
        .replace(/\$\{each\.key\} failed/, 'backfill or reconcile failed'),
      /^ {2}display_name += "\$\{(?:var|each\.value)\.name\}: (.*)"$/gm,
    );

    expect(alerts).toHaveLength(9);
    expect(found(runbook, /^## Alert: (.*)$/gm).sort()).toEqual(alerts.sort());
  });

  test('reckons the retry windows as Terraform does', () => {
    const rows = [...runbook.matchAll(/^\| \**(\d+)\**.*? \| ([\d ]+) s, ([\d.]+) hours \|$/gm)];

    expect(rows).toHaveLength(3);
    for (const [, attempts, seconds, hours] of rows) {
      const pauses = Array.from({ length: Number(attempts) - 1 }, (_, gap) => Math.min(600, 10 * 2 ** gap));
      const window = pauses.reduce((sum, pause) => sum + pause, 0);
      expect(Number(seconds?.replaceAll(' ', ''))).toBe(window);
      expect(Number(hours)).toBeCloseTo(window / 3600, 1);
    }
  });
});

/** The anchors of a document's titles, as GitHub makes them. */
const anchors = (text: string) =>
  found(text, /^#+ (.*)$/gm).map((title) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );

describe.each(['docs/operations.md', 'docs/deploy-without-terraform.md', 'CONTRIBUTING.md', 'SECURITY.md'])(
  '%s',
  (path) => {
    const text = read(path);

    test('links within itself', () => {
      expect(anchors(text)).toEqual(expect.arrayContaining(found(text, /\]\(#(.*?)\)/g)));
    });

    test('links to files and to titles that there are', () => {
      const links = [...text.matchAll(/\]\((?![a-z]+:|#)([^)#]+)(?:#([^)]+))?\)/g)];

      expect(links).not.toEqual([]);
      for (const [link, file = '', anchor] of links) {
        const target = new URL(file, new URL(`../../../${path}`, import.meta.url));
        expect([link, existsSync(target)]).toEqual([link, true]);
        if (anchor) expect(anchors(readFileSync(target, 'utf8'))).toContain(anchor);
      }
    });
  },
);
