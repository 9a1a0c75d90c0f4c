import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import ours from '../../terraform/subscriptions.json' with { type: 'json' };

const hasGcloud = spawnSync('gcloud', ['--version']).status === 0;
if (!hasGcloud) console.log('gcloud is not there: what it would upload is not checked');

describe('gcloud functions deploy --source=.', () => {
  test.runIf(hasGcloud)('uploads what the build on Google’s side needs, and nothing else', () => {
    const files = execFileSync('gcloud', ['meta', 'list-files-for-upload', '.'], { encoding: 'utf8' })
      .trim()
      .split('\n');

    expect(files).toEqual(
      expect.arrayContaining(['package.json', 'package-lock.json', 'functions/index.ts', 'shared/sync.ts']),
    );
    expect(files.filter((file) => !/^(functions|shared)\/.*\.ts$/.test(file)).sort()).toEqual([
      '.npmrc',
      'package-lock.json',
      'package.json',
      'tools/build/bundle.ts',
      'tools/build/connect.ts',
      'tools/build/extension.ts',
      'tools/build/lazy-klaviyo.ts',
      'tools/build/lean-sdks.ts',
      'tools/build/manifest.ts',
      'tools/build/node-24.cjs',
      'tools/build/package.ts',
    ]);
  });
});

describe('npm run package', () => {
  const pack = (env: NodeJS.ProcessEnv = process.env) =>
    execFileSync('npm', ['run', '--silent', 'package'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env });
  const printed = pack();
  const files = unzipSync(readFileSync('build/function.zip'));
  const json = (name: string) => JSON.parse(Buffer.from(files[name] ?? []).toString());

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

  test('makes the same bytes from the same input', () => {
    expect(pack()).toBe(printed);
  });

  test('packs the extension, and beside the zip what its handlers have to be subscribed to', () => {
    expect(pack({ ...process.env, KLAVIYO_SYNC_EXTENSION: 'docs/extensions/loyalty.ts' })).not.toBe(printed);
    const subscriptions = JSON.parse(readFileSync('build/subscriptions.json', 'utf8'));

    expect(subscriptions).toEqual({
      ...ours,
      'key-value-document': { lane: 'orders', messages: [], changes: true },
    });
    expect(pack()).toBe(printed);
    expect(existsSync('build/subscriptions.json')).toBe(false);
  });
});
