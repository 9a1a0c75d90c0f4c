import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** An entry of the lock file, as far as it is read here. */
interface Entry {
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}

const CHECK = './tools/build/node-24.cjs';
const { scripts, allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const locked = Object.entries<Entry>(packages).filter(([path]) => path !== '');

describe('npm ci', () => {
  test('checks each package against the hash in the lock file', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  });

  test('knows of each install script whether it runs', () => {
    const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);

    expect(withScript.map((path) => path.replace('node_modules/', '')).sort()).toEqual(
      Object.keys(allowScripts).sort(),
    );
  });

  test('does not warn of a Node that nothing here runs on', () => {
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^loglevel=error$/m);
  });
});

describe('a program on a Node that is too old', () => {
  test.each(Object.entries<string>(scripts).filter(([, script]) => / tools\/\S+\.ts/.test(script)))(
    'npm run %s looks at the Node first',
    (_, script) => expect(script).toContain(`node -r ${CHECK} tools/`),
  );

  test('says so in one line', () => {
    const older = "Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })";
    const { status, stderr } = spawnSync(process.execPath, ['-e', `${older}; require('${CHECK}'); throw new Error()`]);

    expect(status).toBe(1);
    expect(String(stderr)).toMatch(/^This needs Node 24 and runs on 20\.20\.2: npm ci brings it.*ignore-scripts.*\n$/);
  });
});
