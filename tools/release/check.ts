import { newest } from './changelog.ts';

/** What has to agree before a version is released. */
export interface Release {
  /** `v1.2.0`. */
  tag: string;
  manifest: { version: string };
  lock: { version?: string; packages: Record<string, { version?: string }> };
  changelog: string;
  /** What git says of the files, with a + where they differ from their commit; undefined where there is no git. */
  commit: string | undefined;
}

/** https://semver.org, without build metadata, which a tag and a label cannot carry. */
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

/** Returns everything that keeps a version from being released, a line each. */
export function problemsOf({ tag, manifest: { version }, lock, changelog, commit }: Release): string[] {
  const section = newest(changelog);
  const isOurs = section?.version === version;
  const locked = [lock.version, lock.packages['']?.version];
  return [
    !SEMVER.test(version) && `package.json: ${version} is no semantic version`,
    tag !== `v${version}` && `the tag is ${tag}, and package.json says ${version}`,
    locked.some((one) => one !== version) &&
      `package-lock.json says ${[...new Set(locked)].join(' and ')}: npm install`,
    !isOurs && `CHANGELOG.md begins with ${section?.version ?? 'nothing'}, not with ${version}: npm version writes it`,
    isOurs && section.notes === '' && `CHANGELOG.md says nothing of ${version}`,
    isOurs && !isDay(section.date) && `CHANGELOG.md: the day of ${version} is ${section.date ?? 'missing'}`,
    commit?.endsWith('+') && `files differ from the commit ${commit.slice(0, -1)}`,
  ].filter((problem) => problem !== false && problem !== undefined);
}

const isDay = (date = '') => /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));
