import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCES = [
  'package.json',
  'package-lock.json',
  'functions',
  'shared',
  'tools',
  'docs',
  'CHANGELOG.md',
  'terraform',
];
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** Copies the sources with what a build needs into a new folder under build/, as other tests run what is in dist/. Returns the path. */
export async function copySources(): Promise<string> {
  await mkdir('build', { recursive: true });
  const folder = await mkdtemp('build/copy-');
  const installed = Object.entries<{ dev?: boolean }>(packages)
    .filter(([path, { dev }]) => path !== '' && (!dev || /esbuild|fflate/.test(path)) && existsSync(path))
    .map(([path]) => path);
  await mkdir(join(folder, 'node_modules'));
  for (const path of [...SOURCES, ...installed]) await cp(path, join(folder, path), { recursive: true });
  return folder;
}

/** Runs a program of a copy. Returns what the program prints. */
export const runCopied = (folder: string, [program, ...args]: [string, ...string[]], env = {}): string =>
  execFileSync(process.execPath, ['-r', './tools/build/node-24.cjs', program, ...args], {
    ...{ cwd: folder, encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  });
