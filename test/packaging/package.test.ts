import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, onTestFinished, test } from 'vitest';
import { versionLabels } from '../../tools/build/labels.ts';

const PACK = ['-r', './tools/build/node-24.cjs', 'tools/build/package.ts'];
const pack = (cwd = '.', env = {}) =>
  execFileSync(process.execPath, PACK, { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });

const printed = pack();
const files = unzipSync(readFileSync('build/function.zip'));
const json = (name: string) => JSON.parse(Buffer.from(files[name] ?? []).toString());
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** A copy of what is packed, with its tools, in a folder of its own. */
async function copied(): Promise<string> {
  const folder = await mkdtemp('build/elsewhere-');
  onTestFinished(() => rm(folder, { recursive: true }));
  const installed = Object.entries<{ dev?: boolean }>(lock.packages)
    .filter(([path, { dev }]) => path !== '' && (!dev || /esbuild|fflate/.test(path)) && existsSync(path))
    .map(([path]) => path);
  const sources = ['package.json', 'package-lock.json', 'functions', 'shared', 'tools/build', 'tools/operator'];
  await mkdir(join(folder, 'node_modules'));
  for (const path of [...sources, ...installed]) await cp(path, join(folder, path), { recursive: true });
  return folder;
}

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

  test('makes the same bytes in another folder, later, in another time zone', async () => {
    const elsewhere = pack(await copied(), { TZ: 'Pacific/Kiritimati' });

    expect(elsewhere).toMatch(/function\.zip .* sha256 [0-9a-f]{64}\n.*history\.cjs .* sha256 [0-9a-f]{64}\n/);
    expect(elsewhere).toBe(printed);
  });

  test('says which version the files are, by their hashes', () => {
    const { version, commit, labels, files } = JSON.parse(readFileSync('build/version.json', 'utf8'));
    const hash = (name: string) =>
      createHash('sha256')
        .update(readFileSync(`build/${name}`))
        .digest('hex');

    expect(version).toBe(json('package.json').version);
    expect(labels).toEqual(versionLabels(version, commit));
    expect(files).toEqual({ 'function.zip': hash('function.zip'), 'history.cjs': hash('history.cjs') });
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
