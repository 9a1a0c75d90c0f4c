import { asksTooMuch, headingOf, isVersion, newest } from './changelog.ts';

/** What has to agree before a version is released. */
export interface Release {
  /** `v1.2.0`. */
  tag: string;
  manifest: { version: string };
  lock: { version?: string; packages: Record<string, { version?: string }> };
  changelog: string;
  /** Files that differ from the commit, or are not in it. */
  uncommitted: string[];
}

/** Returns everything that keeps a version from being released, a line each. */
export function problemsOf({ tag, manifest: { version }, lock, changelog, uncommitted }: Release): string[] {
  const section = newest(changelog);
  const heading = headingOf(version);
  const isOurs = section?.version === heading;
  const locked = [lock.version, lock.packages['']?.version];
  return [
    !isVersion(version) && `package.json: ${version} is no semantic version`,
    tag !== `v${version}` && `the tag is ${tag}, and package.json says ${version}`,
    locked.some((one) => one !== version) &&
      `package-lock.json says ${[...new Set(locked)].join(' and ')}: npm install`,
    !isOurs && `CHANGELOG.md begins with ${section?.version ?? 'nothing'}, not with ${heading}: npm version writes it`,
    isOurs && section.notes === '' && `CHANGELOG.md says nothing of ${version}`,
    isOurs &&
      asksTooMuch(version, section.notes) &&
      `CHANGELOG.md has "Before the upgrade": ${version} is no major version`,
    isOurs &&
      heading === version &&
      !isDay(section.date) &&
      `CHANGELOG.md: the day of ${version} is ${section.date ?? 'missing'}`,
    uncommitted.length > 0 && `not as in the commit: ${uncommitted.join(', ')}`,
  ].filter((problem) => problem !== false && problem !== undefined);
}

const isDay = (date = '') => /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));
