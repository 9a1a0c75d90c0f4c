import { describe, expect, it } from 'vitest';
import type { FlowCall, Overview, Published, Sample, ServerEvents } from '../../../tools/console/api.ts';
import { eventually } from '../../doubles/eventually.ts';
import { fixture, fixtureText } from '../../fixtures/index.ts';
import { consoleForAll } from './support.ts';

const { act, api, ask, detail, flow, settled, url, world } = consoleForAll();

const placesOf = (calls: FlowCall[] = []) =>
  calls.map(({ service, method, path }) => `${service} ${method} ${path.split('?')[0]}`);

it('a message is shown with its payload, its plan, its log line and its calls in their order', async () => {
  const { messageIds, id } = await act('place-order', {
    email: 'flow.test@example.org',
    lines: [{ sku: 'JEANS-IND-27' }],
  });
  const shown = await detail(messageIds.at(-1) ?? '');

  expect(shown).toMatchObject({
    row: { type: 'OrderCreated', resourceType: 'order', resourceId: id, handler: 'order-placed', attempts: 1 },
    payload: { notificationType: 'Message', resource: { id }, order: { customerEmail: 'flow.test@example.org' } },
    plan: { outcome: 'writes', handler: 'order-placed', warnings: [] },
    isForgotten: false,
  });
  expect(shown.plan?.writes.map(({ kind, fields }) => [kind, fields.metric])).toEqual([
    ...[
      ['createEvent', 'Placed Order'],
      ['createEvent', 'Ordered Product'],
    ],
  ]);
  const [attempt] = shown.attempts;
  expect(attempt).toMatchObject({ number: 1, status: 204, log: { outcome: 'synced', messageId: shown.row.messageId } });
  expect(placesOf(attempt?.calls).filter((place) => place.endsWith('/api/events'))).toHaveLength(2);
  expect(attempt?.calls).toHaveLength((shown.row.calls?.klaviyo ?? 0) + (shown.row.calls?.commercetools ?? 0));
  expect(attempt?.calls.map(({ status }) => status).every((status) => status !== undefined && status < 300)).toBe(true);
  const offsets = attempt?.calls.map(({ offset }) => offset) ?? [];
  expect(offsets).toEqual([...offsets].sort((one, other) => one - other));
});

it('a message is sent again as it was, under another id', async () => {
  const { messageIds } = await act('change-stock', { sku: 'JEANS-IND-27', quantity: 3 });
  const again = await api<Published>('POST', `/api/flow/${messageIds[0]}/again`);
  const [row] = await settled(again.messageIds);

  expect(row).toMatchObject({ type: 'ResourceUpdated', label: 'JEANS-IND-27', outcome: 'synced', cause: 'again' });
  expect((await detail(again.messageIds[0] ?? '')).payload).toEqual((await detail(messageIds[0] ?? '')).payload);
  expect(await ask('POST', '/api/flow/none/again', {})).toMatchObject({ status: 404 });
  expect(await ask('GET', '/api/flow/none')).toMatchObject({ status: 404 });
});

it('what somebody else publishes is shown, too, and so is what comes past Pub/Sub', async () => {
  const messageId = await world().broker.publish(fixtureText('CategoryCreated.json'));
  expect(await settled([messageId])).toMatchObject([
    { type: 'CategoryCreated', outcome: 'synced', handler: 'category' },
  ]);

  const message = { data: Buffer.from(JSON.stringify(fixture('Event'))).toString('base64'), messageId: 'past-pubsub' };
  await fetch(world().fn.url, {
    method: 'POST',
    body: JSON.stringify({ message }),
    headers: { 'content-type': 'application/json' },
  });
  expect(await settled(['past-pubsub'])).toMatchObject([{ type: 'Event', outcome: 'ignored', attempts: 1 }]);
  expect(await detail('past-pubsub')).toMatchObject({ attempts: [], isForgotten: false });
});

it('what cannot be read is a row all the same, and its payload is shown as the text that it is', async () => {
  const messageId = await world().broker.publish('no JSON at all');
  expect(await settled([messageId])).toMatchObject([{ type: '?', outcome: 'given-up', attempts: 5 }]);
  const shown = await detail(messageId);
  expect(shown).toMatchObject({ payload: 'no JSON at all', plan: { outcome: 'failed' } });
  expect(shown.attempts.map(({ status }) => status)).toEqual([500, 500, 500, 500, 500]);
});

describe('the list', () => {
  it('is newest first, page by page', async () => {
    const [first, rest] = [await flow('&limit=2'), await flow('&limit=2')];
    expect(first.rows.length).toBeGreaterThan(0);
    expect(rest.total).toBe(first.total);
    const numbers = (await flow()).rows.map(({ number }) => number);
    expect(numbers).toEqual([...numbers].sort((one, other) => other - one));
    const page = await api<typeof first>('GET', '/api/flow?limit=2');
    expect(page).toMatchObject({ rows: [{ number: numbers[0] }, { number: numbers[1] }], hasMore: true });
    const next = await api<typeof first>('GET', `/api/flow?limit=2&before=${numbers[1]}`);
    expect(next.rows.map(({ number }) => number)).toEqual(numbers.slice(2, 4));
  });

  it('finds rows that have all words, in any case', async () => {
    const { rows, total } = await flow('&filter=GIVEN-up%20%3F');
    expect(rows.every(({ outcome, type }) => outcome === 'given-up' && type === '?')).toBe(true);
    expect(total).toBe(1);
    expect(await ask('GET', '/api/flow?limit=x')).toMatchObject({ status: 400, body: { where: 'limit' } });
  });
});

it('whoever listens is told of rows as they change, of each second, and of what else has changed', async () => {
  const leaving = new AbortController();
  const response = await fetch(`${url()}/api/events`, { signal: leaving.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => {});
  const eventsOf = <Name extends keyof ServerEvents>(name: Name): ServerEvents[Name][] =>
    [...text.matchAll(new RegExp(`^event: ${name}\ndata: (.*)$`, 'gm'))].map(([, data = '']) => JSON.parse(data));

  const { messageIds } = await act('place-order', {});
  const last = messageIds.at(-1);
  const rows = () =>
    eventsOf('flow')
      .flat()
      .filter(({ messageId }) => messageId === last);
  await eventually(() => rows().some(({ outcome }) => outcome === 'synced') || undefined, 'the row');
  const sum = (count: (sample: Sample) => number) => eventsOf('sample').reduce((all, one) => all + count(one), 0);
  await eventually(() => sum(({ acknowledged }) => acknowledged) === 2 || undefined, 'the seconds');
  await eventually(() => {
    const all = eventsOf('changed').flatMap(({ what }) => what);
    return (all.includes('klaviyo') && all.includes('shop')) || undefined;
  }, 'the changes');
  leaving.abort();
  await reading;

  expect(rows().at(-1)).toMatchObject({ cause: 'place-order', handler: 'order-placed', events: { single: 2 } });
  expect(sum(({ published }) => published)).toBe(2);
  expect(sum(({ calls }) => calls.klaviyo.ok)).toBeGreaterThan(1);
  expect(eventsOf('sample').at(-1)).toMatchObject({ backlog: 0 });
});

it('the overview says what runs and how much there is', async () => {
  expect(await api<Overview>('GET', '/api/overview')).toMatchObject({
    broker: 'in-process',
    process: { isUp: true, restarts: 0, pid: expect.any(Number) },
    counts: { backlog: 0, deadLetters: 1, orders: 12 },
    urls: { function: world().fn.url },
  });
});

it('a payload of more levels than can be shown is shown as text, too', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const messageId = await world().broker.publish(deep);
  await settled([messageId]);
  expect((await detail(messageId)).payload).toBe(deep);
});
