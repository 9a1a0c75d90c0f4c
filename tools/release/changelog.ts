import { ToolError } from '../operator/support/cli.ts';

/** A section of CHANGELOG.md: what one version brings. */
export interface Section {
  /** `1.2.0`, or `Unreleased`. */
  version: string;
  /** `2026-12-01`; undefined where the heading has none. */
  date?: string;
  /** What stands below the heading, without blank lines around it. */
  notes: string;
}

const UNRELEASED = 'Unreleased';
/** https://semver.org, without build metadata, which a tag and a label cannot carry. */
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;
/** What may ask for something before an upgrade: a major version and, before 1.0.0, a minor one. https://semver.org/#spec-item-4 */
const MAJOR = /^([1-9]\d*\.0|0\.\d+)\.0(-.+)?$/;
/** `## 1.2.0 - 2026-12-01` and `## [1.2.0] - 2026-12-01`: https://keepachangelog.com/en/1.1.0/ */
const HEADING = /^## \[?([^\]\s]+)\]?(?: - (\S+))?[ \t]*$/gm;

/** Returns the sections of a changelog in their order, the newest first. */
export function sectionsOf(changelog: string): Section[] {
  const headings = [...changelog.matchAll(HEADING)];
  return headings.map(({ 0: heading, 1: version = '', 2: date, index }, place) => {
    const end = headings[place + 1]?.index ?? changelog.length;
    return { version, date, notes: changelog.slice(index + heading.length, end).trim() };
  });
}

/** Returns whether a text is a semantic version. */
export const isVersion = (text: string): boolean => SEMVER.test(text);

/** Returns the heading of a version's notes: one to try, such as `1.3.0-rc.0`, has what is unreleased, which `1.3.0` has as well. */
export const headingOf = (version: string): string => (version.includes('-') ? UNRELEASED : version);

/** Returns whether notes ask for something before the upgrade, though the version is no major one. */
export const asksTooMuch = (version: string, notes: string): boolean =>
  /^### Before the upgrade[ \t]*$/m.test(notes) && !MAJOR.test(version);

/**
 * Returns a changelog whose unreleased notes are those of a version, below an "Unreleased" that is empty again; of a version to try they
 * stay unreleased.
 *
 * @param date `2026-12-01`
 * @throws ToolError when the version is none, when nothing is unreleased, or it takes a major version
 */
export function cut(changelog: string, version: string, date: string): string {
  if (!isVersion(version)) throw new ToolError(`"${version}" is no semantic version`);
  const [first] = sectionsOf(changelog);
  if (first?.version !== UNRELEASED || first.notes === '')
    throw new ToolError('CHANGELOG.md has no notes under "## Unreleased"');
  if (asksTooMuch(version, first.notes))
    throw new ToolError(
      `CHANGELOG.md has "Before the upgrade": that takes a major version or, before 1.0.0, a minor one, and not ${version}`,
    );
  if (headingOf(version) === UNRELEASED) return changelog;
  return changelog.replace(/^## \[?Unreleased\]?[ \t]*$/m, `## ${UNRELEASED}\n\n## ${version} - ${date}`);
}

/** Returns the newest section that says something; undefined when none does. */
export const newest = (changelog: string): Section | undefined =>
  sectionsOf(changelog).find(({ version, notes }) => version !== UNRELEASED || notes !== '');

/**
 * Returns notes with links that lead somewhere outside of the repository, too.
 *
 * @param links URL of the repository's files, without a slash at its end; relative links stay without it
 */
export const withLinks = (notes: string, links: string | undefined): string =>
  links === undefined ? notes : notes.replace(/\]\((?![a-z]+:|#|\/)([^)\s]+)\)/g, `](${links}/$1)`);
