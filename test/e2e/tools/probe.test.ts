import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CLEANING } from '../../../tools/operator/probe/cleanup.ts';
import type { Result } from '../../../tools/operator/probe/run.ts';
import { subjects } from '../../../tools/operator/probe/subjects/index.ts';
import { tool } from '../../../tools/operator/probe.ts';
import { eventually } from '../../doubles/eventually.ts';
import { enforceLimits } from '../../doubles/klaviyo/limiter.ts';
import { sdkFor } from '../../doubles/klaviyo/sdk.ts';
import { type Settings, settingsOf } from '../../doubles/klaviyo/settings.ts';
import { type Services, startServices, startTool } from './support.ts';

const CONFIRMED = ['--account', 'Stand-in', '--yes', '--key-ends', 'dbox'];
/** Nothing of the stand-in's is late, unless a test says so. */
const HASTE = ['--patience', '10', '--settle', '0'];
/** A body that is compressed says nothing to the stand-in. */
const COMPRESSED = 'POST /api/event-bulk-create-jobs : is required';

describe('the probe', () => {
  let services: Services;

  beforeAll(async () => {
    services = await startServices({ KLAVIYO_AUTH_KEY: 'pk_of_the_shop' });
  });

  beforeEach(() => {
    const { klaviyo } = services;
    klaviyo.reset();
    Object.assign(klaviyo, settingsOf({}));
    // As much of Klaviyo's limits as an experiment is about.
    enforceLimits(klaviyo.faults, 1, { operations: ['GET /api/accounts', 'GET /api/metrics'] });
  });

  afterAll(() => services.stop());

  const variables = () => ({ KLAVIYO_PROBE_KEY: services.klaviyo.apiKey });

  const run = (...args: string[]) => services.run(tool, args, variables());

  /** What comes of the experiments, by subject and name. */
  async function results(...args: string[]) {
    const { stdout } = await run(...CONFIRMED, ...HASTE, '--json', ...args);
    const all: Result[] = JSON.parse(stdout);
    const named = (verdict: Result['verdict']) =>
      all.filter((result) => result.verdict === verdict).map(({ subject, name }) => `${subject} ${name}`);
    return { differs: named('differs'), untried: named('untried'), agrees: named('agrees') };
  }

  /** What the account has. */
  function content() {
    const { profiles, events, categories, items, variants } = services.klaviyo.state;
    return [profiles.size, events.length, categories.size, items.size, variants.size];
  }

  const NOTHING = [0, 0, 0, 0, 0];

  const writes = () => services.klaviyo.requests.filter(({ method }) => method !== 'GET');

  test('finds that the stand-in does all that is assumed, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await run(...CONFIRMED, ...HASTE);

    expect(stdout).not.toMatch(/^[✗!]/m);
    expect(stdout).toMatch(/^\d\d agree, 0 differ, 0 not found out\.$/m);
    expect(stderr).toMatch(/^Nothing is left of probe-[0-9a-f]{10}\.$/m);
    expect(code).toBe(0);
    expect(content()).toEqual(NOTHING);
    expect(services.klaviyo.violations.filter((violation) => violation !== COMPRESSED)).toEqual([]);
  });

  test('leaves alone whoever was there before', async () => {
    const attributes = { email: 'probe@probe.example.org', externalId: 'probe-1', phoneNumber: '+12025550100' };
    await sdkFor(services.klaviyo).profiles.createProfile({ data: { type: 'profile', attributes } });
    const before = structuredClone([...services.klaviyo.state.profiles.values()]);

    await run(...CONFIRMED, ...HASTE, '--only', 'identity', '--only', 'erasure');

    expect([...services.klaviyo.state.profiles.values()]).toEqual(before);
  });

  test('waits for what Klaviyo does later', async () => {
    Object.assign(services.klaviyo, { jobDelay: 1000, bulkEventDelay: 1000, mergeLag: 3 });

    expect(await results()).toMatchObject({ differs: [], untried: [] });
    expect(content()).toEqual(NOTHING);
  });

  test.each<[Partial<Settings>, string[]]>([
    [{ patchReplacesCategories: true }, ['catalog item-patch-categories', 'catalog-jobs categories-of-an-update']],
    [{ eventIdentity: 'email' }, ['events of-two-profiles', 'bulk-events of-two-profiles']],
    [{ eventIdentity: 'refused' }, ['events of-two-profiles', 'bulk-events of-two-profiles']],
    [{ bulkPointers: false }, ['bulk-events repeat-named', 'bulk-events bad-entry']],
    [{ bulkRefusesStored: true }, ['bulk-events repeat-of-a-stored-one']],
    [{ importIdentity: 'refused' }, ['imports of-two']],
    [{ importMatchesPhones: false }, ['imports phone_number-of-another']],
    [{ importChecksFirst: true }, ['imports bad-entry']],
    [{ showsEventId: false }, ['events unique-id-shown']],
    [{ aggregateYears: 5 }, ['counting long-ago']],
  ])('finds out that an account is otherwise: %j', async (settings, names) => {
    Object.assign(services.klaviyo, settings);

    const { differs, untried } = await results();

    expect(differs).toEqual(names);
    expect(untried).toEqual([]);
    expect(content()).toEqual(NOTHING);
  });

  test('says what was assumed, what was found, and what to change', async () => {
    services.klaviyo.patchReplacesCategories = true;

    const { code, stdout } = await run(...CONFIRMED, ...HASTE, '--only', 'catalog');

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^✗ catalog item-patch-categories: Does .*\?\n +assumed: adds to them\n +found: +replaces them\n +→ the setting patchReplacesCategories .*$/m,
    );
  });

  test.each(subjects)('makes the experiments of $name only, with the scopes that it says', async (subject) => {
    services.klaviyo.scopes = ['accounts:read', ...CLEANING, ...subject.scopes];

    expect(await results('--only', subject.name)).toEqual({
      agrees: subject.experiments.map(({ name }) => `${subject.name} ${name}`),
      differs: [],
      untried: [],
    });
  });

  test('says what could not be found out, and leaves nothing of that behind either', async () => {
    services.klaviyo.scopes = ['accounts:read', ...CLEANING];

    const { code, stdout } = await run(...CONFIRMED, ...HASTE, '--only', 'events');

    expect(code).toBe(1);
    expect(stdout).toMatch(/^! events repeat: .* not found out: the key lacks one of events:read, .*profiles:write$/m);
    expect(content()).toEqual(NOTHING);
  });

  test('begins with nothing where the key may not erase what experiments make', async () => {
    services.klaviyo.scopes = ['accounts:read', 'profiles:read', 'profiles:write', 'catalogs:read', 'catalogs:write'];

    const { code, stdout, stderr } = await run(...CONFIRMED, ...HASTE);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/nothing else was made: the key lacks one of .*data-privacy:write/);
    expect(content()).toEqual([1, 0, 0, 0, 0]);
  });

  describe('refuses', () => {
    test.each([
      ['an account with another name', 1, ['--account', 'Shop', '--yes', '--key-ends', 'dbox'], /another name/],
      ['a key that ends otherwise', 2, ['--account', 'Stand-in', '--yes', '--key-ends', 'shop'], /--key-ends/],
      ['a key that nobody has confirmed', 2, ['--account', 'Stand-in', '--yes'], /--yes needs --key-ends/],
      [
        'an account that nobody has confirmed',
        2,
        ['--account', 'Stand-in', '--key-ends', 'dbox'],
        /Nobody can be asked/,
      ],
      ['no account', 2, [], /Which account/],
      ['a subject that there is not', 2, [...CONFIRMED, '--only', 'weather'], /no subject weather/],
      ['a run that is none', 2, [...CONFIRMED, '--clean', 'everything'], /--clean takes/],
      ['an argument', 2, [...CONFIRMED, 'catalog'], /What is catalog/],
    ])('%s', async (_, code, args, words) => {
      const refused = await run(...args);

      expect(refused).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(words) });
      expect(writes()).toEqual([]);
    });

    test.each([
      ['no key of its own', ''],
      ['the key of the shop', 'pk_of_the_shop'],
    ])('%s', async (_, KLAVIYO_PROBE_KEY) => {
      const { code, stderr } = await services.run(tool, CONFIRMED, { KLAVIYO_PROBE_KEY });

      expect(code).toBe(1);
      expect(stderr).toMatch(/KLAVIYO_PROBE_KEY/);
      expect(services.klaviyo.requests).toEqual([]);
    });

    test('a key that Klaviyo refuses, and never tells the key', async () => {
      const { code, stdout, stderr } = await services.run(
        tool,
        ['--account', 'Stand-in', '--yes', '--key-ends', 'cret'],
        { KLAVIYO_PROBE_KEY: 'pk_a_secret' },
      );

      expect(code).toBe(1);
      expect(stderr).toContain('Klaviyo refused KLAVIYO_PROBE_KEY');
      expect(stdout + stderr).not.toContain('pk_a_secret');
      expect(writes()).toEqual([]);
    });
  });

  describe('in a process of its own', () => {
    /** Starts the probe, which is in the middle of its experiments then. */
    async function started() {
      // Nothing that waits comes to an end.
      services.klaviyo.bulkEventLag = 1_000_000;
      const args = [...CONFIRMED, '--patience', '30', '--settle', '0', '--only', 'bulk-events', '--only', 'catalog'];
      const child = startTool('probe', args, { ...services.environment, ...variables() });
      let told = '';
      child.stderr.on('data', (text) => {
        told += text;
      });
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      await eventually(() => services.klaviyo.state.items.size > 0 || undefined, 'an item');
      return { child, ended, told: () => told };
    }

    test('deletes what it made when it is interrupted', async () => {
      const { child, ended, told } = await started();

      child.kill('SIGINT');

      expect(await ended).toBe(1);
      expect(told()).toMatch(/^Nothing is left of probe-/m);
      expect(content()).toEqual(NOTHING);
    });

    test('deletes later what it made when it was killed', async () => {
      const { child, ended, told } = await started();
      child.kill('SIGKILL');
      await ended;
      expect(content()).not.toEqual(NOTHING);

      const [name = ''] = /probe-[0-9a-f]{10}/.exec(told()) ?? [];
      const { code } = await run(...CONFIRMED, ...HASTE, '--clean', name);

      expect(code).toBe(0);
      expect(content()).toEqual(NOTHING);
    });
  });
});
