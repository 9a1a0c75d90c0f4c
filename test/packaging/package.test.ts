import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import ours from '../../terraform/subscriptions.json' with { type: 'json' };
import { versionLabels } from '../../tools/build/labels.ts';
import { copySources, runCopied } from './copy.ts';

let folders: string[];
let printed: string;
let files: Record<string, Uint8Array>;

beforeAll(async () => {
  folders = [await copySources(), await copySources()];
  printed = runCopied(String(folders[0]), ['tools/build/package.ts']);
  files = unzipSync(read('function.zip'));
});

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const read = (name: string) => readFileSync(`${folders[0]}/build/${name}`);
const json = (name: string) => JSON.parse(Buffer.from(files[name] ?? []).toString());

describe('npm run package', () => {
  test('packs the bundle with a manifest and a lock file', () => {
    expect(Object.keys(files).sort()).toEqual([
      'dist/index.cjs',
      'dist/index.cjs.map',
      'package-lock.json',
      'package.json',
    ]);
    expect(json('package.json').main).toBe('dist/index.cjs');
  });

  test('leaves nothing to be built on Google’s side', () => {
    expect(json('package.json')).not.toHaveProperty('scripts');
    expect(json('package.json')).not.toHaveProperty('devDependencies');
    expect(json('package-lock.json').packages['']).toHaveProperty('dependencies', json('package.json').dependencies);
    expect(Object.keys(json('package-lock.json').packages)).not.toContain('node_modules/vitest');
  });

  test('makes the same bytes in another folder, later, in another time zone', () => {
    const elsewhere = runCopied(String(folders[1]), ['tools/build/package.ts'], { TZ: 'Pacific/Kiritimati' });

    expect(elsewhere).toMatch(/function\.zip .* sha256 [0-9a-f]{64}\n.*history\.cjs .* sha256 [0-9a-f]{64}\n/);
    expect(elsewhere).toBe(printed);
  });

  test('packs the extension, and beside the zip what its handlers have to be subscribed to', () => {
    const folder = String(folders[1]);
    const path = `${folder}/build/subscriptions.json`;
    expect(runCopied(folder, ['tools/build/package.ts'])).toBe(printed);
    expect(existsSync(path)).toBe(false);

    const env = { KLAVIYO_SYNC_EXTENSION: 'docs/extensions/loyalty.ts' };
    expect(runCopied(folder, ['tools/build/package.ts'], env)).not.toBe(printed);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      ...ours,
      'key-value-document': { lane: 'orders', messages: [], changes: true },
    });
  });

  test('says which version the files are, by their hashes', () => {
    const { version, commit, labels, files: hashes } = JSON.parse(read('version.json').toString());
    const hash = (name: string) => createHash('sha256').update(read(name)).digest('hex');

    expect(version).toBe(json('package.json').version);
    expect(labels).toEqual(versionLabels(version, commit));
    expect(hashes).toEqual({ 'function.zip': hash('function.zip'), 'history.cjs': hash('history.cjs') });
  });
});

describe('the labels of a version', () => {
  test.each([
    ['1.2.0', '5b70bf9d1e2f', { 'sync-version': '1-2-0', 'sync-commit': '5b70bf9d1e2f' }],
    ['1.2.0-rc.1', '5b70bf9d1e2f+', { 'sync-version': '1-2-0-rc-1', 'sync-commit': '5b70bf9d1e2f-changed' }],
    ['1.2.0', undefined, { 'sync-version': '1-2-0' }],
  ])('are what Google takes: %s, %s', (version, commit, labels) => {
    expect(versionLabels(version, commit)).toEqual(labels);
  });
});
