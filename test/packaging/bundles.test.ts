import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHistory, bundle } from '../../tools/build/bundle.ts';
import { buildQueues } from '../../tools/build/queues.ts';

let folder: string;
let theFunction: Metafile;
let history: Metafile;
let queues: Metafile;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundles-'));
  theFunction = await bundle({ outfile: join(folder, 'index.cjs') });
  history = await buildHistory({ outfile: join(folder, 'history.cjs') });
  queues = await buildQueues({ outdir: folder });
});

afterAll(() => rm(folder, { recursive: true }));

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** What is bundled of files, and not made up by a plugin. */
const files = ({ inputs }: Metafile) => Object.keys(inputs).filter((path) => !/^[\w-]+:/.test(path));
const ours = (metafile: Metafile) => files(metafile).filter((path) => !path.includes('node_modules/'));
const installed = (metafile: Metafile) =>
  new Set(files(metafile).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
const needed = ({ outputs }: Metafile) =>
  Object.values(outputs).flatMap(({ imports }) => imports.flatMap(({ path }) => (isBuiltin(path) ? [] : [path])));

describe('the function’s bundle', () => {
  test('holds nothing of history', () => {
    expect(ours(theFunction)).toContain('shared/sync.ts');
    expect(
      ours(theFunction).filter((path) => /^(tools|shared\/(history|klaviyo\/bulk|commercetools\/scans))\//.test(path)),
    ).toEqual([]);
  });
});

describe('the function’s bundle without commercetools Connect', () => {
  test('holds nothing that only Connect needs', () => {
    expect(
      ours(theFunction).filter((path) =>
        /^shared\/(dead-letters\/|config\/connect\.ts|commercetools\/custom-objects\.ts)/.test(path),
      ),
    ).toEqual([]);
  });
});

describe('both bundles', () => {
  test('hold nothing that only development installs', () => {
    for (const metafile of [theFunction, history]) {
      const bundled = [...installed(metafile)];

      expect(bundled).toContain('node_modules/zod');
      expect(bundled.filter((path) => !packages[path] || packages[path].dev)).toEqual([]);
    }
  });
});

describe('the functions for other queues', () => {
  test('cost the Google function nothing', () => {
    expect(ours(queues)).toContain('shared/queues/receiver.ts');
    expect(ours(theFunction).filter((path) => path.startsWith('shared/queues/'))).toEqual([]);
  });

  test('need nothing but Node, and nothing of Google’s', () => {
    expect(needed(queues)).toEqual([]);
    expect(ours(queues).filter((path) => path.startsWith('shared/front/'))).toEqual([]);
  });

  test('are those that the guide names, with what they export', () => {
    const guide = readFileSync('docs/other-queues.md', 'utf8');
    const rows = [...guide.matchAll(/^\| `dist\/(\w+\.cjs)` \| (.+?) \|/gm)];
    const named = rows.map(([, file = '', names = '']) => [file, names.replaceAll('`', '').split(', ')]);
    const built = Object.values(queues.outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
    const exported = built.map((entry) => [
      `${basename(entry, '.ts')}.cjs`,
      [...readFileSync(entry, 'utf8').matchAll(/^export const (?:(\w+)|{ (.+) }) =/gm)].flatMap(
        ([, one, several]) => one ?? several?.split(', ') ?? [],
      ),
    ]);
    expect(exported).toEqual(named);
  });
});

describe('the program of history', () => {
  test('needs nothing but Node', () => expect(needed(history)).toEqual([]));

  test('is made of what the Dockerfile copies', () => {
    const copied = [...readFileSync('Dockerfile', 'utf8').matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(
      ([, from = '']) => from.split(' '),
    );
    const isCopied = (path: string) => copied.some((from) => path === from || path.startsWith(`${from}/`));
    expect(ours(history).filter((path) => !isCopied(path))).toEqual([]);
  });

  test('runs where nothing else is', () => {
    const help = execFileSync(process.execPath, ['history.cjs', '--help'], { cwd: folder, encoding: 'utf8' });
    expect(help).toMatch(/backfill.*reconcile/s);
  });
});
