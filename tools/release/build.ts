import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashOf, pack } from '../build/package.ts';
import { SETTINGS_SCHEMA } from '../docs/settings.ts';
import { newest, withLinks } from './changelog.ts';
import { sbomOf } from './sbom.ts';

const FOLDER = 'build/release';
const NOTES = 'build/release-notes.md';

/**
 * Writes what is published of a version: build/release/ with the zip, the program of history, what they are made of, the JSON Schema of
 * the settings, and the hash of each; and build/release-notes.md.
 *
 * @param links see `withLinks`
 */
export async function buildRelease(changelog: string, links: string | undefined): Promise<void> {
  const packed = await pack();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  for (const path of [...packed, SETTINGS_SCHEMA]) copyFileSync(path, join(FOLDER, basename(path)));
  writeFileSync(join(FOLDER, 'sbom.cdx.json'), sbomOf(readFileSync(join(FOLDER, 'function.zip'))));
  const names = [...packed, SETTINGS_SCHEMA, 'sbom.cdx.json'].map((path) => basename(path)).sort();
  const sums = names.map((name) => `${hashOf(join(FOLDER, name))}  ${name}\n`);
  writeFileSync(join(FOLDER, 'SHA256SUMS'), sums.join(''));
  writeFileSync(NOTES, `${withLinks(newest(changelog)?.notes ?? '', links)}\n`);
  console.log(`${FOLDER}: ${names.join(', ')}, SHA256SUMS; ${NOTES}`);
}
