import { readFileSync } from 'node:fs';

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const json = (content: unknown) => Buffer.from(`${JSON.stringify(content, null, 2)}\n`);

/** How a manifest differs from the project's. */
interface Difference {
  name?: string;
  main?: string;
  scripts?: Record<string, string>;
}

/**
 * Returns a manifest and a lock file of what is deployed: those of the project without scripts and dev dependencies, so that nothing is
 * built where they go.
 */
export function deployedManifest(difference: Difference = {}): Record<'package-lock.json' | 'package.json', Buffer> {
  const { scripts, devDependencies, allowScripts, ...manifest } = readJson('package.json');
  const lock = readJson('package-lock.json');
  const { devDependencies: _, ...root } = lock.packages[''];
  const { name = lock.name } = difference;
  const packages = Object.entries<{ dev?: boolean }>(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);
  return {
    'package-lock.json': json({
      ...lock,
      name,
      packages: { '': { ...root, name }, ...Object.fromEntries(packages) },
    }),
    'package.json': json({ ...manifest, ...difference }),
  };
}

/** Returns the same of a program that needs no packages. */
export function bareManifest(difference: Difference): Record<'package-lock.json' | 'package.json', Buffer> {
  const { version, description, license, engines } = readJson('package.json');
  const { name } = difference;
  const root = { name, version, license, engines };
  return {
    'package-lock.json': json({ name, version, lockfileVersion: 3, requires: true, packages: { '': root } }),
    'package.json': json({ name, version, description, license, private: true, engines, ...difference }),
  };
}
