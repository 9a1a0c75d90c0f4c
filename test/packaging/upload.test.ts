import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

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
      'tools/build/commit.ts',
      'tools/build/connect.ts',
      'tools/build/extension.ts',
      'tools/build/labels.ts',
      'tools/build/lazy-klaviyo.ts',
      'tools/build/lean-manifest.ts',
      'tools/build/lean-sdks.ts',
      'tools/build/manifest.ts',
      'tools/build/node-24.cjs',
      'tools/build/package.ts',
      'tools/build/queues.ts',
      'tools/build/without-colors.ts',
    ]);
  });
});
