import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { confirm } from '../../../tools/operator/probe/account.ts';
import { emailOf, nameOf, newNames, placeOf } from '../../../tools/operator/probe/names.ts';
import { subjects } from '../../../tools/operator/probe/subjects/index.ts';
import { ToolError, UsageError } from '../../../tools/operator/support/cli.ts';
import type { Settings } from '../../doubles/klaviyo/settings.ts';

const experiments = subjects.flatMap(({ name: subject, experiments }) =>
  experiments.map((experiment) => ({ ...experiment, title: `${subject} ${experiment.name}` })),
);

/** The experiment that finds a setting out, if a key can. A new setting is a type error here until somebody has decided. */
const TRIED: Record<keyof Settings, string | undefined> = {
  patchReplacesCategories: 'catalog item-patch-categories',
  eventIdentity: 'events of-two-profiles',
  bulkPointers: 'bulk-events bad-entry',
  bulkRefusesStored: 'bulk-events repeat-of-a-stored-one',
  importIdentity: 'imports of-two',
  importMatchesPhones: 'imports phone_number-of-another',
  importChecksFirst: 'imports bad-entry',
  showsEventId: 'events unique-id-shown',
  aggregateYears: 'counting long-ago',
  // It would take 500 jobs.
  jobLimitStatus: undefined,
  // How an account is set up, how long its queues are, and chance.
  ...{ doubleOptIn: undefined, isTestAccount: undefined, scopes: undefined, random: undefined },
  ...{ bulkEventLag: undefined, bulkEventDelay: undefined, bulkEventLoss: undefined },
  ...{ mergeLag: undefined, jobLag: undefined, jobDelay: undefined, jobFailures: undefined },
};

describe('the experiments of the probe', () => {
  test('have names of their own', () => {
    const titles = experiments.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });

  test.each(experiments)('$title asks one question, and names files that are there', ({ question, change }) => {
    expect(question).toMatch(/^[A-Z][^?]*\?$/);
    const files = change.match(/\b(shared|test|docs)\/[\w/.-]*\w/g) ?? [];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test.each(Object.entries(TRIED).filter(([, title]) => title))(
    'try the setting %s of the stand-in',
    (setting, title) => {
      expect(experiments.find((experiment) => experiment.title === title)?.change).toContain(
        `the setting ${setting} of `,
      );
    },
  );
});

describe('the account and the key', () => {
  const never = async () => expect.fail('nobody was to be asked');
  const asked = { isGiven: false, keyEnds: undefined };

  test('are confirmed by the name, typed at the terminal', async () => {
    await expect(confirm('Trial', 'pk_1234', asked, async () => 'Trial')).resolves.toBeUndefined();
  });

  test('are not confirmed by anything else that is typed', async () => {
    await expect(confirm('Trial', 'pk_1234', asked, async () => 'trial')).rejects.toThrow(ToolError);
  });

  test('are confirmed without asking by --yes and the end of the key', async () => {
    await expect(confirm('Trial', 'pk_1234', { isGiven: true, keyEnds: '1234' }, never)).resolves.toBeUndefined();
  });

  test('are not confirmed by the name when the key ends otherwise', async () => {
    await expect(confirm('Trial', 'pk_1234', { ...asked, keyEnds: '4321' }, never)).rejects.toThrow(UsageError);
  });
});

describe('the names of a run', () => {
  test('are nobody’s, and lead to places that no other name of the run has', () => {
    const { run } = newNames();
    const names = Array.from({ length: 300 }, (_, index) => nameOf(run, index + 1));

    expect(emailOf(names[0] ?? '')).toMatch(/^probe-[0-9a-f]{10}-1@probe\.example\.org$/);
    expect(new Set(names.map((name) => placeOf(name, 300))).size).toBe(300);
  });
});
