import { expect, it } from 'vitest';
import { currentAttempt, newAttempt, runAttempt, runShared, warn } from '../../shared/attempt.ts';

it('everything that an attempt calls finds it, however many run at once', async () => {
  const attempts = [newAttempt(1000), newAttempt(2000)];
  const found = attempts.map((attempt, index) =>
    runAttempt(attempt, async () => {
      await Promise.resolve();
      warn(`warning ${index}`);
      return currentAttempt();
    }),
  );
  expect(await Promise.all(found)).toEqual(attempts);
  expect(attempts.map(({ warnings }) => warnings)).toEqual([['warning 0'], ['warning 1']]);
});

it('warns once of the same thing, as a plan is made again after it was applied', async () => {
  const attempt = newAttempt(1000);
  await runAttempt(attempt, async () => {
    for (const warning of ['cut', 'refused', 'cut']) warn(warning);
  });
  expect(attempt.warnings).toEqual(['cut', 'refused']);
});

it('outside of an attempt there is no deadline, and nothing is kept', () => {
  warn('lost');
  expect(currentAttempt()).toMatchObject({
    deadline: Number.POSITIVE_INFINITY,
    calls: { commercetools: 0, klaviyo: 0 },
    warnings: [],
  });
});

it('a call for several attempts is repeated as often as theirs are', async () => {
  const attempts = [1, 1].map((quickTries) => ({ ...newAttempt(1000), quickTries }));
  expect(await runShared(attempts, async () => currentAttempt().quickTries)).toBe(1);
});
