import { describe, expect, test } from 'vitest';
import { CredentialsError, PermanentError, RetryableError } from '../../../shared/errors.ts';
import type { Difference } from '../../../shared/history/history.ts';
import { type Finding, liveRepair } from '../../../shared/history/live-repair.ts';
import { updateOf } from '../../../shared/history/notifications.ts';
import { createReport } from '../../../shared/history/report.ts';
import type { LiveWay } from '../../../shared/live.ts';

const missing = (id: string): Difference => ({ subject: 'profile', what: 'missing', id });
const finding = (id: string): Finding => ({ id, differences: [missing(id)] });

/** Repeats what may pass without a pause. */
const patience = {
  wait: async () => {},
  async persist<T>(call: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof RetryableError)) throw error;
      }
  },
};

/** A repair of customers, each of whom meets with what is said here, else with success. */
function repairWith(failures: Record<string, () => Error | undefined>) {
  const taken: string[] = [];
  const live: LiveWay = {
    apply: async () => {},
    async carryOut({ notification }) {
      if (notification.notificationType !== 'ResourceUpdated') throw new Error('Nothing else was asked for');
      const { id } = notification.resource;
      taken.push(id);
      const failure = failures[id]?.();
      if (failure) throw failure;
      return 'synced';
    },
  };
  const report = createReport();
  const notificationOf = updateOf('customer', { projectKey: 'shop' });
  const reasonOf = ({ status }: { status?: number }) => (status === 409 ? ('refused' as const) : undefined);
  return { ...liveRepair({ live, patience, report }, notificationOf, reasonOf), report, taken };
}

const always = (error: Error) => () => error;

describe('what is repaired the live way', () => {
  test('is taken back from the report', async () => {
    const { mend, report } = repairWith({});
    await mend([finding('1'), finding('2')]);
    expect(report.rows()).toMatchObject([{ repaired: 2, counts: { missing: 0 } }]);
  });

  test('stays in the report where it is refused, and keeps none of the others', async () => {
    const { mend, report } = repairWith({ 1: always(new PermanentError('no', { status: 400 })) });
    await mend([finding('1'), finding('2')]);
    expect(report.rows()).toMatchObject([{ repaired: 1, differences: [missing('1')] }]);
  });

  test('is as it should be where the refusal says why', async () => {
    const { mend, report } = repairWith({ 1: always(new PermanentError('no', { status: 409 })) });
    await mend([finding('1')]);
    expect(report.isEqual()).toBe(true);
    expect([...(report.rows()[0]?.reasons ?? [])]).toEqual([['refused', 1]]);
  });

  test('is tried again for as long as a service fails', async () => {
    let failures = 20;
    const { mend, report } = repairWith({
      1: () => (failures-- > 0 ? new RetryableError('not now', { status: 503 }) : undefined),
    });
    await mend([finding('1')]);
    expect(report.rows()).toMatchObject([{ repaired: 1 }]);
  });

  test('is given up where it is never ready itself', async () => {
    const { mend, report, taken } = repairWith({ 1: always(new RetryableError('not there yet')) });
    await mend([finding('1')]);
    expect(taken).toHaveLength(8);
    expect(report.rows()).toMatchObject([{ repaired: 0, differences: [missing('1')] }]);
  });

  test('ends with refused credentials', async () => {
    const { mend } = repairWith({ 1: always(new CredentialsError('no', { status: 403 })) });
    await expect(mend([finding('1')])).rejects.toThrow(CredentialsError);
  });

  test('is no matter of the report where it was not found by comparing', async () => {
    const { renew, report, taken } = repairWith({ 1: always(new PermanentError('no', { status: 400 })) });
    await renew(['1', '2']);
    expect(taken.toSorted()).toEqual(['1', '2']);
    expect(report.rows()).toEqual([]);
  });
});
