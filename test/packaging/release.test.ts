import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copySources, runCopied } from './copy.ts';

const LINKS = 'https://git.example.org/sync/blob/v1.2.0';
let folder: string;

beforeAll(async () => {
  folder = await copySources();
  runCopied(folder, ['tools/release/release.ts', '--links', LINKS], {
    KLAVIYO_SYNC_EXTENSION: 'docs/extensions/loyalty.ts',
  });
});

afterAll(() => rm(folder, { recursive: true }));

const read = (name: string) => readFileSync(`${folder}/build/release/${name}`);

test('a release has everything that a deployment needs, and the hash of each file: also what an extension subscribes to', () => {
  const zip = ['function.zip', 'history.cjs', 'sbom.cdx.json', 'settings.schema.json'];
  const names = [...zip, 'subscriptions.json', 'version.json'];
  const hashes = names.map((name) => `${createHash('sha256').update(read(name)).digest('hex')}  ${name}\n`);

  expect(readdirSync(`${folder}/build/release`).sort()).toEqual(['SHA256SUMS', ...names]);
  expect(read('SHA256SUMS').toString()).toBe(hashes.join(''));
});

test('the SBOM names every production dependency of the lock file, with its hash, and no other', () => {
  const { bomFormat, metadata, components } = JSON.parse(read('sbom.cdx.json').toString());
  const { name, version, packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const locked = Object.entries<{ version: string; integrity: string; dev?: boolean }>(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path, { version, integrity }]) => ({
      purl: `pkg:npm/${path.replace(/^.*node_modules\//, '').replace('@', '%40')}@${version}`,
      hash: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex'),
    }));
  type Component = { purl: string; hashes: { content: string }[] };
  const named = components.map(({ purl, hashes }: Component) => ({ purl, hash: hashes[0]?.content }));
  const byName = (one: { purl: string }, other: { purl: string }) => (one.purl < other.purl ? -1 : 1);

  expect(bomFormat).toBe('CycloneDX');
  expect(metadata.component).toMatchObject({ type: 'application', name, version });
  expect(locked.length).toBeGreaterThan(100);
  expect(named.sort(byName)).toEqual(locked.sort(byName));
});

test('the notes link to the files of the tag', () => {
  const notes = readFileSync(`${folder}/build/release-notes.md`, 'utf8');

  expect(notes).toMatch(/^### /);
  expect(notes).toContain(`](${LINKS}/docs/`);
  expect(notes).not.toMatch(/\]\((docs|terraform)\//);
});
