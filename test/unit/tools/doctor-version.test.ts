import { describe, expect, test } from 'vitest';
import { checkVersion } from '../../../tools/operator/doctor/version.ts';
import { deploymentOf, laneOf } from '../../e2e/tools/deployment.ts';

const OWN = { 'sync-version': '1-2-0', 'sync-commit': '5b70bf9d1e2f' };
const SELF = 'this doctor is 1.2.0 (commit 5b70bf9d1e2f)';

const LABELLED = { labels: { team: 'shop', ...OWN } };

/** What the doctor says of what is deployed, and where it looked. */
async function examine(answer: { status?: number; data?: unknown }, given = {}, region?: string) {
  const asked: string[] = [];
  const google = {
    isEmulator: false,
    publisher: {
      getTopic: async () => [{ messageStoragePolicy: { allowedPersistenceRegions: ['europe-west1'] } }],
    },
    functionOf: async (name: string) => {
      asked.push(name);
      return { status: 200, data: LABELLED, ...answer };
    },
    serviceOf: async (name: string) => {
      asked.push(name);
      return { status: 404, data: {} };
    },
    ...given,
  };
  const deployment = { ...deploymentOf('klaviyo-sync'), region };
  const check = await checkVersion(Object(google), deployment, laneOf('klaviyo-sync-catalog', 'catalog'), OWN);
  return { check, asked };
}

describe('the doctor, of the version,', () => {
  test('is content when its own runs', async () => {
    const { check, asked } = await examine({});

    expect(check).toEqual({ name: 'version', status: 'ok', detail: '1.2.0 (commit 5b70bf9d1e2f), as this doctor' });
    expect(asked).toEqual(['projects/demo/locations/europe-west1/functions/klaviyo-sync-catalog']);
  });

  test('looks where it is told', async () => {
    expect((await examine({}, {}, 'us-east1')).asked).toEqual([
      'projects/demo/locations/us-east1/functions/klaviyo-sync-catalog',
    ]);
  });

  test.each([404, 403])('finds the service of a container, when there is no function: %s', async (status) => {
    const asked: string[] = [];
    const serviceOf = async (name: string) => {
      asked.push(name);
      return { status: 200, data: LABELLED };
    };

    expect((await examine({ status }, { serviceOf })).check).toMatchObject({ status: 'ok' });
    expect(asked).toEqual(['projects/demo/locations/europe-west1/services/klaviyo-sync-catalog']);
  });

  test('does without a commit that nobody said', async () => {
    const { check } = await examine({ data: { labels: { 'sync-version': '1-2-0' } } });

    expect(check).toMatchObject({ status: 'ok', detail: '1.2.0, as this doctor' });
  });

  test.each([
    ['another version', { 'sync-version': '1-1-3-rc-1' }, 'klaviyo-sync-catalog is 1.1.3-rc-1'],
    ['another commit', { ...OWN, 'sync-commit': 'abc' }, 'klaviyo-sync-catalog is 1.2.0 (commit abc)'],
  ])('names both when there is %s', async (_, labels, detail) => {
    const { check } = await examine({ data: { labels } });

    expect(check).toMatchObject({
      status: 'warning',
      detail: `${detail}; ${SELF}`,
      advice: expect.stringContaining('upgrade'),
    });
  });

  test.each([
    ['klaviyo-sync-catalog has no label sync-version', { data: {} }, {}],
    ['not checked: status 403', { status: 403 }, {}],
    ['not checked: status 403', { status: 404 }, { serviceOf: async () => ({ status: 403, data: {} }) }],
    ['not checked: status 403', { status: 403 }, { serviceOf: async () => ({ status: 200, data: {} }) }],
    [
      'klaviyo-sync-catalog has no label sync-version',
      { status: 404 },
      { serviceOf: async () => ({ status: 200, data: {} }) },
    ],
    ['not checked: there is no function or service klaviyo-sync-catalog in europe-west1', { status: 404 }, {}],
    ['not checked: the emulator runs no function', {}, { isEmulator: true }],
    ['not checked: the topic does not say where it is', {}, { publisher: { getTopic: async () => [{}] } }],
  ])('says honestly: %s', async (detail, answer, given) => {
    const { check } = await examine(answer, given);

    expect(check).toMatchObject({ status: 'warning', detail: `${detail}; ${SELF}` });
  });
});
