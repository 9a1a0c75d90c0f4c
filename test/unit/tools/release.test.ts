import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cut, newest, sectionsOf, withLinks } from '../../../tools/release/changelog.ts';
import { problemsOf } from '../../../tools/release/check.ts';
import { hasTag, uncommitted } from '../../../tools/release/git.ts';
import { newRepository } from '../repository.ts';

const CHANGELOG = `# Changelog

What an operator has to know.

## Unreleased

## 1.2.0 - 2026-12-01

### Added

- Two lanes: [how](docs/operations.md#lanes).

## [1.1.0] - 2026-11-01

- Refunds.
`;

const ASKING = '# Changelog\n\n## Unreleased\n\n### Before the upgrade\n\n- A scope.\n';

const release = (given = {}) => ({
  ...{ tag: 'v1.2.0', manifest: { version: '1.2.0' }, changelog: CHANGELOG, uncommitted: [] },
  lock: { version: '1.2.0', packages: { '': { version: '1.2.0' } } },
  ...given,
});

describe('the notes of a version', () => {
  test('are its section, without those around it', () => {
    expect(newest(CHANGELOG)).toEqual({
      version: '1.2.0',
      date: '2026-12-01',
      notes: '### Added\n\n- Two lanes: [how](docs/operations.md#lanes).',
    });
    expect(sectionsOf(CHANGELOG).map(({ version }) => version)).toEqual(['Unreleased', '1.2.0', '1.1.0']);
    expect(sectionsOf(CHANGELOG)[2]?.notes).toBe('- Refunds.');
  });

  test('are what was unreleased, once it is cut', () => {
    const changelog = '# Changelog\n\n## Unreleased\n\n- Erasure costs $& more.\n\n## 1.2.0 - 2026-12-01\n\n- Lanes.\n';
    const after = cut(changelog, '1.3.0', '2027-01-15');

    expect(after).toBe(changelog.replace('- Erasure', () => '## 1.3.0 - 2027-01-15\n\n- Erasure'));
    expect(newest(after)).toMatchObject({ version: '1.3.0', notes: '- Erasure costs $& more.' });
    expect(() => cut(after, '1.4.0', '2027-02-01')).toThrow('no notes under "## Unreleased"');
    expect(() => cut('# Changelog\n', '1.4.0', '2027-02-01')).toThrow('no notes');
    expect(() => cut(changelog, '', '2027-01-15')).toThrow('"" is no semantic version');
  });

  test('stay unreleased in a version to try, for the one that comes of it', () => {
    const changelog = CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n- More.\n');

    expect(cut(changelog, '1.3.0-rc.0', '2027-01-15')).toBe(changelog);
    expect(newest(cut(changelog, '1.3.0', '2027-01-16'))).toMatchObject({ version: '1.3.0', notes: '- More.' });
    expect(() => cut(CHANGELOG, '1.3.0-rc.0', '2027-01-15')).toThrow('no notes');
  });

  test.each(['1.0.0', '2.0.0', '2.0.0-rc.1', '0.2.0'])('may ask for something before the upgrade to %s', (version) => {
    expect(() => cut(ASKING, version, '2027-01-15')).not.toThrow();
  });

  test.each(['1.3.0', '1.0.1', '0.2.1', '1.3.0-rc.1'])('ask for nothing before the upgrade to %s', (version) => {
    expect(() => cut(ASKING, version, '2027-01-15')).toThrow(
      `takes a major version or, before 1.0.0, a minor one, and not ${version}`,
    );
  });

  test('are cut where lines end as on Windows', () => {
    const changelog = '# Changelog\r\n\r\n## Unreleased\r\n\r\n- Lanes.\r\n';

    expect(newest(cut(changelog, '1.3.0', '2027-01-15'))).toEqual({
      ...{ version: '1.3.0', date: '2027-01-15', notes: '- Lanes.' },
    });
  });

  test('link to the files of the tag', () => {
    const notes = '[a](docs/a.md#b) [c](https://example.org/c) [d](#d) [e](mailto:e@example.org) [f](/f)';

    expect(withLinks(notes, 'https://git.example.org/sync/blob/v1.2.0')).toBe(
      notes.replace('docs/a.md', 'https://git.example.org/sync/blob/v1.2.0/docs/a.md'),
    );
    expect(withLinks(notes, undefined)).toBe(notes);
  });

  test('can be taken from the changelog that there is', () => {
    const changelog = readFileSync('CHANGELOG.md', 'utf8');

    expect(newest(changelog)?.notes).toMatch(/^### .+/);
    expect(sectionsOf(changelog)[0]?.version).toBe('Unreleased');
    expect(sectionsOf(changelog)).toHaveLength(changelog.match(/^## /gm)?.length ?? 0);
  });
});

describe('a version', () => {
  test('is released when everything agrees', () => {
    expect(problemsOf(release())).toEqual([]);
  });

  test('may come before another', () => {
    const version = '1.3.0-rc.1';
    const changelog = CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n- More.\n');
    const lock = { version, packages: { '': { version } } };

    expect(problemsOf(release({ tag: `v${version}`, manifest: { version }, lock, changelog }))).toEqual([]);
  });

  test.each([
    ['the tag is another', { tag: 'v1.2.1' }, 'the tag is v1.2.1, and package.json says 1.2.0'],
    [
      'the lock file is another’s',
      { lock: { version: '1.1.0', packages: { '': { version: '1.2.0' } } } },
      'package-lock.json says 1.1.0 and 1.2.0: npm install',
    ],
    [
      'something is unreleased',
      { changelog: CHANGELOG.replace('## 1.2.0', '- More.\n\n## 1.2.0') },
      'CHANGELOG.md begins with Unreleased, not with 1.2.0: npm version writes it',
    ],
    [
      'its section is missing',
      { changelog: CHANGELOG.replace(/^## 1\.2\.0.*?(?=^## \[)/ms, '') },
      'CHANGELOG.md begins with 1.1.0, not with 1.2.0: npm version writes it',
    ],
    [
      'there is no changelog',
      { changelog: '' },
      'CHANGELOG.md begins with nothing, not with 1.2.0: npm version writes it',
    ],
    [
      'nothing is said of it',
      { changelog: CHANGELOG.replace(/### Added\n\n- .*\n/, '') },
      'CHANGELOG.md says nothing of 1.2.0',
    ],
    ['it has no day', { changelog: CHANGELOG.replace(' - 2026-12-01', '') }, 'the day of 1.2.0 is missing'],
    ['its day is none', { changelog: CHANGELOG.replace('2026-12-01', '2026-13-01') }, 'the day of 1.2.0 is 2026-13-01'],
    [
      'something has to be done before',
      { changelog: CHANGELOG.replace('Added', 'Before the upgrade') },
      'CHANGELOG.md has "Before the upgrade": 1.2.0 is no major version',
    ],
    [
      'something is not committed',
      { uncommitted: ['README.md', 'extension.ts'] },
      'not as in the commit: README.md, extension.ts',
    ],
  ])('is not released when %s', (_, given, problem) => {
    expect(problemsOf(release(given))).toEqual([expect.stringContaining(problem)]);
  });

  test.each(['1.2', '01.2.0', '1.2.0+5', 'next'])('is a semantic one, and not %s', (version) => {
    expect(problemsOf(release({ manifest: { version } }))[0]).toBe(`package.json: ${version} is no semantic version`);
  });
});

test('git tells of files that a commit does not have, and of versions that there are', () => {
  using repository = newRepository();
  const { folder, git } = repository;
  writeFileSync(`${folder}/README.md`, 'Committed');
  git('add', '.');
  git('commit', '--quiet', '--message=1.2.0');
  git('tag', 'v1.2.0');
  expect(uncommitted(folder)).toEqual([]);

  writeFileSync(`${folder}/README.md`, 'Changed');
  writeFileSync(`${folder}/extension.ts`, '');
  expect(uncommitted(folder)).toEqual(['README.md', 'extension.ts']);
  expect(['v1.2.0', 'v1.2', 'v1.3.0'].map((tag) => hasTag(tag, folder))).toEqual([true, false, false]);
  expect(uncommitted(`${folder}/none`)).toEqual([]);
});
