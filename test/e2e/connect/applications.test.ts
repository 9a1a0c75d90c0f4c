import { describe, expect, test } from 'vitest';
import { tool as deadLetter } from '../../../tools/operator/dead-letter.ts';
import { pushBody } from '../../doubles/delivery.ts';
import { eventually } from '../../doubles/eventually.ts';
import { fixture } from '../../fixtures/index.ts';
import { runHere } from '../tools/support.ts';
import { connectSite } from './site.ts';

const LETTERS = { DEAD_LETTER_CONTAINER: 'letters' };

describe('the event application', () => {
  const site = connectSite();
  const { start } = site;
  const refuseEvents = () =>
    site.klaviyo.faults.add({
      match: ({ path }) => path.includes('/events'),
      times: Number.POSITIVE_INFINITY,
      effect: {
        kind: 'status',
        status: 400,
        body: { errors: [{ status: 400, code: 'invalid', title: 'Invalid', detail: 'no', source: {} }] },
      },
    });
  /** Posts as often as the queue does, until it is acknowledged: a busy machine may need more than one attempt. */
  const delivered = (post: (body: unknown) => Promise<{ status: number }>, body: unknown) =>
    eventually(async () => (await post(body)).status === 204 || undefined, 'an acknowledgement');
  const run = (...args: string[]) =>
    runHere(deadLetter, [...args, '--from', 'custom-objects'], site.environment(LETTERS));

  test('syncs what is posted to its endpoint, and acknowledges it', async () => {
    const { post } = await start('klaviyo-sync');

    await delivered(post, { ...pushBody(fixture('OrderCreated')), subscription: 'connects-own' });

    expect(site.klaviyo.requests.some(({ path }) => path.includes('/events'))).toBe(true);
  });

  test('keeps what would fail again, which an operator then looks at, replays and drops', async () => {
    const { post, output } = await start('klaviyo-sync', LETTERS);
    refuseEvents();

    await delivered(post, pushBody(fixture('OrderCreated'), { messageId: '11' }));
    await delivered(post, pushBody('not even JSON', { messageId: '12' }));
    expect(output()).toContain('npm run dead-letter -- show 11 --from custom-objects');

    const list = JSON.parse((await run('list', '--json')).stdout);
    expect(list).toMatchObject([
      { id: '11', type: 'OrderCreated', error: expect.stringMatching(/^PermanentError: .*status 400/) },
      { id: '12', type: '?', error: expect.stringMatching(/^InvalidMessageError: /) },
    ]);
    expect((await run('show', '11')).stdout).toContain('Placed Order');

    const inVain = await run('replay', '--all');
    expect(inVain).toMatchObject({ code: 1, stdout: '0 replayed\n' });
    expect(inVain.stderr).toContain('2 failed again and stay where they are.');

    site.klaviyo.faults.clear();
    const replayed = await run('replay', '11');
    expect(replayed).toMatchObject({ code: 0, stdout: '1 replayed\n' });
    expect(site.klaviyo.eventsOf('Placed Order').length).toBeGreaterThan(0);

    expect((await run('drop', '12')).code).toBe(0);
    expect((await run('list')).stdout).toBe('No message has been given up.\n');
  });

  test('has the queue deliver again what nothing keeps, and says so', async () => {
    const { post, output } = await start('klaviyo-sync');

    const { status } = await post(pushBody('not even JSON', { messageId: '13', publishTime: new Date('2026-11-01') }));

    expect(status).toBe(500);
    expect(output()).toMatch(/seven days after it was published a message is gone/);
    await eventually(() => output().includes('"goneAt":"2026-11-08T00:00:00.000Z"') || undefined, 'its line');
  });

  test('has attempts that end in Connect’s time', async () => {
    const { output } = await start('klaviyo-sync', { KLAVIYO_SYNC_SETTINGS: '{"limits":{"attemptSeconds":60}}' });

    await expect.poll(output).toContain('"limits":{"attemptSeconds":7,"requestSeconds":4}');
    // What the framework says outside of production is no line of JSON, and it answers with what was thrown.
    expect(output()).not.toContain('Serving function');
  });

  test('does not start without what it needs, and says all of it', async () => {
    const started = start('klaviyo-sync', { KLAVIYO_AUTH_KEY: '', CTP_SCOPE: '' });

    await expect(started).rejects.toThrow(/CT_SCOPE: [\s\S]*KLAVIYO_AUTH_KEY: /);
  });
});

describe('the job', () => {
  const site = connectSite();
  const { start } = site;
  const base64 = (options: string) => `base64:${btoa(options)}`;

  test('runs reconcile when it is called, and answers when it is over', async () => {
    const { post } = await start('klaviyo-reconcile', {
      RECONCILE_OPTIONS: base64('--only categories,customers --repair'),
    });

    expect(await post()).toEqual({ status: 200, text: 'both sides agree\n' });
    expect(site.klaviyo.profileByEmail('lena.brandt@example.org')).toBeDefined();
  });

  test('answers that it failed when both sides differ', async () => {
    const { post } = await start('klaviyo-reconcile', { RECONCILE_OPTIONS: '--only customers' });

    expect((await post()).status).toBe(500);
  });

  test('ends in time what takes too long, and begins no second run beside it', async () => {
    site.klaviyo.faults.add({
      match: () => true,
      times: Number.POSITIVE_INFINITY,
      effect: { kind: 'status', status: 503 },
    });
    const { post } = await start('klaviyo-reconcile', { RECONCILE_MINUTES: '0.1' });

    const answers = await Promise.all([post(), post()]);

    expect(answers.sort((one, other) => (one.text < other.text ? -1 : 1))).toEqual([
      { status: 200, text: expect.stringContaining('a run is under way') },
      { status: 200, text: expect.stringContaining('the next run finds what is left') },
    ]);
  });
});
