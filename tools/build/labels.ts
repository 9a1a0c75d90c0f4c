/** What a deployment says of the version that runs. */
export interface VersionLabels {
  'sync-version': string;
  'sync-commit'?: string;
}

/**
 * Returns a version and a commit as labels of Google Cloud, of `1.2.0` and `5b70bf9d1e2f+` these: `1-2-0`, `5b70bf9d1e2f-changed`.
 * A label has lower-case letters, digits, _ and -: https://cloud.google.com/run/docs/configuring/services/labels
 */
export const versionLabels = (version: string, commit: string | undefined): VersionLabels => ({
  'sync-version': label(version),
  ...(commit && { 'sync-commit': label(commit.replace(/\+$/, '-changed')) }),
});

const label = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .slice(0, 63);
