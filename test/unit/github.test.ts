import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { newRepository } from './repository.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const { scripts } = JSON.parse(read('package.json'));

const step = z.strictObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  'working-directory': z.string().optional(),
  'continue-on-error': z.string().optional(),
});
const permissions = z.record(z.string(), z.enum(['read', 'write']));
const job = z.looseObject({
  needs: z.string().optional(),
  permissions: permissions.optional(),
  uses: z.string().optional(),
  steps: z.array(step).default([]),
});
const workflow = z.looseObject({ name: z.string(), permissions, jobs: z.record(z.string(), job) });
type Job = z.output<typeof job>;

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((file) => ({ file, ...workflow.parse(parse(read(`${folder}/${file}`))) }));
const jobs = workflows.flatMap(({ file, jobs }) =>
  Object.entries(jobs).map(([name, one]): [string, Job] => [`${file}: ${name}`, one]),
);
const release = workflows.find(({ file }) => file === 'release.yml')?.jobs ?? {};

const mayWrite = ({ permissions = {} }: Job) => Object.values(permissions).includes('write');

describe('a workflow', () => {
  test.each(workflows)('may write nothing unless one of its jobs says so: $file', ({ permissions }) => {
    expect(Object.values(permissions)).not.toContain('write');
  });

  test.each(jobs)('names what it uses by a version, and no commands by what others write: %s', (_, { uses, steps }) => {
    for (const used of [uses, ...steps.map(({ uses }) => uses)].filter((used) => used !== undefined))
      expect(used.startsWith('./') ? existsSync(used) : /^[\w-]+\/[\w-]+@(v\d+(\.\d+)*|[0-9a-f]{40})$/.test(used)).toBe(
        true,
      );
    // An expression in a command is a command of whoever may name a branch or a tag.
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test.each(jobs)('runs scripts that there are: %s', (_, { steps }) => {
    const named = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)]);
    expect(named.map(([, name = '']) => name).filter((name) => !scripts[name])).toEqual([]);
  });
});

describe('the release', () => {
  test('is published when the check, the CI and the build are over', () => {
    const order = ['publish'];
    for (let { needs } = release.publish ?? {}; needs; { needs } = release[needs] ?? {}) order.push(needs);

    expect(order).toEqual(['publish', 'build', 'ci', 'check']);
    expect(release.ci?.uses).toBe('./.github/workflows/ci.yml');
  });

  test('is of a commit of the default branch', () => {
    using repository = newRepository();
    const { folder, git } = repository;
    const { run = '' } = release.check?.steps.find(({ env }) => env?.BRANCH) ?? {};
    const env = { ...process.env, BRANCH: 'main', GITHUB_REF_NAME: 'v1.2.0' };
    const check = () => spawnSync('bash', ['-e', '-c', run], { cwd: folder, encoding: 'utf8', env });

    git('commit', '--quiet', '--allow-empty', '--message=merged');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(check()).toMatchObject({ status: 0, stdout: '' });
    git('commit', '--quiet', '--allow-empty', '--message=of another branch');
    expect(check()).toMatchObject({ status: 1, stdout: expect.stringContaining('v1.2.0 is not on main') });
  });

  test('is written by a job that runs nothing of ours and of our packages', () => {
    const writing = Object.entries(release).filter(([, one]) => mayWrite(one));

    expect(writing.map(([name]) => name)).toEqual(['publish']);
    expect(Object.keys(release.publish?.permissions ?? {}).sort()).toEqual(['attestations', 'contents', 'id-token']);
    for (const { uses = '', run = '' } of release.publish?.steps ?? []) {
      expect(uses).not.toMatch(/checkout|setup-node/);
      expect(run).not.toMatch(/\b(npm|npx|node)\b/);
    }
  });

  test('asks the release tool with options that it has', async () => {
    const { tool } = await import('../../tools/release/release.ts');
    const asked = Object.values(release).flatMap(({ steps }) =>
      steps.flatMap(({ run = '' }) => (/ release -- (.*)$/s.exec(run)?.[1] ?? '').match(/--(\w+)/g) ?? []),
    );

    expect([...new Set(asked)].sort()).toEqual(['--check', '--links', '--tag']);
    expect(Object.keys(tool.options)).toEqual(expect.arrayContaining(asked.map((option) => option.slice(2))));
  });
});

describe('Dependabot', () => {
  const { updates } = z
    .object({
      updates: z.array(
        z.looseObject({
          'package-ecosystem': z.string(),
          directory: z.string().optional(),
          directories: z.array(z.string()).default([]),
        }),
      ),
    })
    .parse(parse(read('.github/dependabot.yml')));
  const foldersOf = (ecosystem: string) =>
    updates
      .filter((update) => update['package-ecosystem'] === ecosystem)
      .flatMap(({ directory, directories }) => [...(directory ? [directory] : []), ...directories])
      .flatMap((path) => (path === '/' ? '.' : globSync(path.slice(1))));

  test.each([
    ['npm', ['.']],
    ['github-actions', ['.']],
    ['docker', globSync('**/Dockerfile', { exclude: ['node_modules', 'build'] }).map(folderOf)],
    ['terraform', globSync('terraform/{,examples/*/}versions.tf').map(folderOf)],
  ])('looks at everything of %s', (ecosystem, folders) => {
    expect(folders).not.toEqual([]);
    expect(foldersOf(ecosystem).sort()).toEqual(folders.sort());
  });
});

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
}

describe('an issue', () => {
  const forms = readdirSync('.github/ISSUE_TEMPLATE').filter((file) => file !== 'config.yml');

  test.each(forms)('is asked by a form that GitHub takes: %s', (file) => {
    const field = z.looseObject({ type: z.enum(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']) });
    const { body } = z
      .strictObject({ name: z.string(), description: z.string(), labels: z.array(z.string()), body: z.array(field) })
      .parse(parse(read(`.github/ISSUE_TEMPLATE/${file}`)));
    const ids = body.filter(({ type }) => type !== 'markdown').map(({ id }) => z.string().parse(id));

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  });
});
