import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
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
  for (const path of SOURCES) await cp(path, join(folder, path), { recursive: true });
  for (const path of installed) link(path, join(folder, path));
  return folder;
}

/** Makes a folder with the same files, which nobody writes to: thousands of them are copied in half a minute. */
function link(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) link(source, target);
    else if (!existsSync(target)) linkSync(source, target);
  }
}

/** Runs a program of a copy. Returns what the program prints. */
export const runCopied = (folder: string, [program, ...args]: [string, ...string[]], env = {}): string =>
  execFileSync(process.execPath, ['-r', './tools/build/node-24.cjs', program, ...args], {
    ...{ cwd: folder, encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  });
