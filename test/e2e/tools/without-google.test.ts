import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../../tools/operator/doctor/check.ts';
import { tool as doctor } from '../../../tools/operator/doctor.ts';
import { type Services, startServices, startTool } from './support.ts';

const NO_CREDENTIALS = 'no credentials: gcloud auth application-default login';

describe('without Google', () => {
  let services: Services;
  let home: string;

  beforeAll(async () => {
    services = await startServices();
    home = mkdtempSync(join(tmpdir(), 'home-'));
  });

  afterAll(async () => {
    rmSync(home, { recursive: true });
    await services.stop();
  });

  /** Runs a tool as somebody who never signed in, on a machine that is none of Google's. */
  async function runSignedOut(tool: string, args: string[], variables: Record<string, string> = {}) {
    const signedOut = { HOME: home, METADATA_SERVER_DETECTION: 'none' };
    const child = startTool(tool, args, { ...services.environment, ...signedOut, ...variables });
    const exited = new Promise((resolve) => child.on('exit', resolve));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
    return { code, stdout, stderr };
  }

  test.each([
    ['there are no credentials', {}],
    ['their file is not there', { GOOGLE_APPLICATION_CREDENTIALS: 'nowhere.json' }],
    ['their file has none', { GOOGLE_APPLICATION_CREDENTIALS: 'package.json' }],
  ])('the doctor finds that %s, and checks everything else', async (_, variables) => {
    const { code, stdout, stderr } = await runSignedOut('doctor', ['--json'], variables);
    const checks: Check[] = JSON.parse(stdout);

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(checks.find(({ name }) => name === 'commercetools credentials')?.status).toBe('ok');
    expect(checks.filter(({ name }) => name.startsWith('Google') || /topic|push/.test(name))).toEqual([
      {
        name: 'Google credentials',
        status: 'failed',
        detail: expect.stringContaining(NO_CREDENTIALS),
        advice: expect.stringContaining('Sign in'),
      },
    ]);
  });

  test('the tool for dead letters ends in one line', async () => {
    const { code, stdout, stderr } = await runSignedOut('dead-letter', ['list']);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^${NO_CREDENTIALS}.*\n$`));
  });

  test('the doctor says soon that nobody answers, and why', async () => {
    const { code, stdout } = await services.run(doctor, ['--json'], { PUBSUB_EMULATOR_HOST: '127.0.0.1:1' });
    const checks: Check[] = JSON.parse(stdout);

    expect(code).toBe(1);
    for (const name of ['topic', 'push subscription', 'dead-letter subscription']) {
      expect(checks.find((check) => check.name === name)).toMatchObject({
        status: 'failed',
        detail: expect.stringMatching(/^Pub\/Sub: .*ECONNREFUSED/),
      });
    }
  });
});
