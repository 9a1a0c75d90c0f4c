import { describe, expect, test } from 'vitest';
import { checkSchedules } from '../../../tools/operator/doctor/schedule.ts';
import { deploymentOf, laneOf } from '../../e2e/tools/deployment.ts';
import { settings } from '../support.ts';

const lane = laneOf('klaviyo-sync');
const ON = { checkouts: { urlTemplate: 'https://shop.example.org/{{cartId}}' } };
const encoded = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString('base64');
const TICK = { notificationType: 'Tick', projectKey: 'shop', resource: { typeId: 'cart' }, intervalSeconds: 300 };
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const job = (fields = {}, tick = {}) => ({
  state: 'ENABLED',
  schedule: '*/5 * * * *',
  pubsubTarget: { topicName: lane.topic, data: encoded({ ...TICK, ...tick }) },
  lastAttemptTime: ago(2),
  status: {},
  ...fields,
});

/** What the doctor says of a schedule that Cloud Scheduler answers for, and where it looked. */
async function examine(answer: { status?: number; data?: unknown }, given = {}, deployment = {}) {
  const asked: string[] = [];
  const regions = ['europe-west1'];
  const google = {
    isEmulator: false,
    publisher: { getTopic: async () => [{ messageStoragePolicy: { allowedPersistenceRegions: regions } }] },
    jobOf: async (name: string) => {
      asked.push(name);
      return { status: 200, data: job(), ...answer };
    },
    ...given,
  };
  const all = { ...deploymentOf('klaviyo-sync'), ...deployment };
  const checks = await Promise.all(checkSchedules(Object(google), all, settings(ON)));
  return { checks, asked };
}

describe('the doctor, of the schedule,', () => {
  test('is content when it ticks', async () => {
    const { checks, asked } = await examine({});

    expect(checks).toEqual([{ name: 'schedule klaviyo-sync-tick-cart', status: 'ok', detail: 'ticked 2 min ago' }]);
    expect(asked).toEqual(['projects/demo/locations/europe-west1/jobs/klaviyo-sync-tick-cart']);
  });

  test('looks where it is told', async () => {
    const { asked } = await examine({}, {}, { region: 'us-east1' });

    expect(asked).toEqual(['projects/demo/locations/us-east1/jobs/klaviyo-sync-tick-cart']);
  });

  test.each([{}, { ...ON, handlers: { disabled: ['checkout-started'] } }])(
    'asks for none when none is needed',
    (given) => {
      expect(checkSchedules(Object({}), deploymentOf('klaviyo-sync'), settings(given))).toEqual([]);
    },
  );

  test.each([
    ['is not there', { status: 404 }, 'does not exist in europe-west1'],
    ['is paused', { data: job({ state: 'PAUSED' }) }, 'is paused'],
    ['stopped ticking', { data: job({ lastAttemptTime: ago(11) }) }, 'has not ticked for 11 min'],
    ['may not publish', { data: job({ status: { code: 7 } }) }, 'its last tick was not published (code 7)'],
    [
      'publishes elsewhere',
      { data: job({ pubsubTarget: { topicName: 'projects/demo/topics/other', data: encoded(TICK) } }) },
      'publishes to projects/demo/topics/other',
    ],
    ['calls somebody', { data: job({ pubsubTarget: undefined }) }, 'publishes to no topic; publishes no tick of cart'],
    ['is of something else', { data: job({}, { resource: { typeId: 'order' } }) }, 'publishes no tick of cart'],
    ['says another interval', { data: job({}, { intervalSeconds: 600 }) }, 'ticks */5 * * * *, and says every 600 s'],
  ])('finds that it %s', async (_, answer, detail) => {
    const { checks } = await examine(answer);

    expect(checks).toMatchObject([{ status: 'failed', detail, advice: expect.stringContaining('terraform apply') }]);
  });

  test.each([
    ['has not ticked yet', { data: job({ lastAttemptTime: undefined }) }, {}],
    ['not checked: status 403', { status: 403 }, {}],
    ['not checked: the emulator has no schedules', {}, { isEmulator: true }],
    ['not checked: the topic does not say where it is', {}, { publisher: { getTopic: async () => [{}] } }],
  ])('says honestly: %s', async (detail, answer, given) => {
    const { checks } = await examine(answer, given);

    expect(checks).toMatchObject([{ status: 'warning', detail }]);
  });
});
