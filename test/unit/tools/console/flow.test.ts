import { expect, it } from 'vitest';
import { createFlow } from '../../../../tools/console/server/observe/flow.ts';
import { dataOf } from '../../../doubles/delivery.ts';
import { fixture } from '../../../fixtures/index.ts';

const nobody = { onRow() {}, onPublished() {}, onDelivered() {}, onEvents() {} };
const content = { data: dataOf(fixture('Event')), attributes: {} };
const publishTime = '2026-06-01T00:00:00.000Z';
const call = {
  ...{ method: 'GET', path: '/x', body: undefined, status: 200, userAgent: undefined, connection: 1 },
  ...{ receivedAt: new Date(), milliseconds: 1 },
};

it('keeps the newest rows only, and the details of fewer, however many messages come', () => {
  const flow = createFlow(nobody);
  for (let number = 1; number <= 25_000; number++) {
    const traceId = String(number).padStart(32, '0');
    flow.onPush({ message: { messageId: `m${number}`, ...content, publishTime }, traceId })?.({ status: 204 });
    flow.called('klaviyo', { ...call, traceparent: `00-${traceId}-0000000000000000-01` });
  }
  const { rows, total, forgotten, hasMore } = flow.page({ limit: 2 });
  expect({ newest: rows.map(({ messageId }) => messageId), total, forgotten, hasMore }).toEqual({
    ...{ newest: ['m25000', 'm24999'], total: 20_000, forgotten: 5000, hasMore: true },
  });
  expect([flow.find('m1'), flow.find('m10000')?.isForgotten, flow.find('m10000')?.attempts]).toEqual([
    undefined,
    true,
    [],
  ]);
  expect(flow.find('m25000')).toMatchObject({ isForgotten: false, content, attempts: [{ calls: [{ path: '/x' }] }] });
  expect(flow.detailed()).toHaveLength(3000);
  expect([flow.open(), flow.count()]).toEqual([0, 25_000]);
});

it('takes a log line that comes after the acknowledgement', () => {
  const flow = createFlow(nobody);
  flow.onPush({ message: { messageId: 'm1', ...content, publishTime }, traceId: 'a' })?.({ status: 204 });
  expect(flow.find('m1')?.row).toMatchObject({ outcome: 'running' });
  flow.logged({ messageId: 'm1', outcome: 'ignored', milliseconds: 3 });
  expect(flow.find('m1')?.row).toMatchObject({ outcome: 'ignored', milliseconds: 3, attempts: 1 });
});

it('counts a message that is given up, and one that comes past Pub/Sub, as over', () => {
  const flow = createFlow(nobody);
  const deliver = () => flow.onPush({ message: { messageId: 'm1', ...content, publishTime }, traceId: 'a' });
  for (let attempt = 1; attempt <= 4; attempt++) deliver()?.({ failure: 'the function was not up' });
  expect([flow.open(), flow.find('m1')?.row.outcome]).toEqual([1, 'failed']);
  deliver()?.({ status: 500 });
  flow.logged({ messageId: 'm2', outcome: 'synced', milliseconds: 3 });
  expect([flow.open(), flow.find('m1')?.row.outcome, flow.find('m2')?.row.outcome]).toEqual([0, 'given-up', 'synced']);
});

it('tells of a message whose answer comes after the delivery that it was published here', () => {
  const flow = createFlow(nobody);
  flow.onPush({ message: { messageId: 'm1', ...content, publishTime }, traceId: 'a' })?.({ status: 204 });
  flow.published('m1', content, 'ship');
  expect(flow.find('m1')?.row).toMatchObject({ cause: 'ship', attempts: 1 });
  expect([flow.count(), flow.open()]).toEqual([1, 0]);
});

it('keeps nothing of a message again that was forgotten before it was delivered, and counts its attempts all the same', () => {
  const flow = createFlow(nobody);
  flow.published('m1', content, 'burst');
  for (let number = 2; number <= 3500; number++) flow.published(`m${number}`, content, 'burst');
  const deliver = () => flow.onPush({ message: { messageId: 'm1', ...content, publishTime }, traceId: 'a' });
  deliver()?.({ status: 500 });
  flow.logged({ messageId: 'm1', outcome: 'failed', milliseconds: 3 });
  deliver()?.({ status: 204 });
  flow.logged({ messageId: 'm1', outcome: 'synced', milliseconds: 3 });
  expect(flow.find('m1')?.content).toBeUndefined();
  expect(flow.find('m1')?.attempts.length).toBeLessThan(2);
  expect(flow.find('m1')?.row).toMatchObject({ attempts: 2, outcome: 'synced' });
});

it('goes on with an attempt that is under way when the details of its message are forgotten', () => {
  const flow = createFlow(nobody);
  const over = flow.onPush({ message: { messageId: 'm1', ...content, publishTime }, traceId: 'a' });
  for (let number = 2; number <= 3500; number++) flow.published(`m${number}`, content, 'burst');
  flow.logged({ messageId: 'm1', outcome: 'failed', milliseconds: 3 });
  over?.({ status: 500 });
  expect(flow.find('m1')?.row).toMatchObject({ attempts: 1, outcome: 'failed' });
  expect(flow.open()).toBe(3500);
});

it('forgets all: waits for what is under way, lets nothing older through, and takes no log line of it', async () => {
  const flow = createFlow(nobody);
  const push = (messageId: string, at: number) =>
    flow.onPush({
      message: { messageId, ...content, publishTime: new Date(at).toISOString() },
      traceId: messageId,
    });
  const over = push('m1', Date.now());
  let isForgotten = false;
  const forgetting = flow.forget().then(() => {
    isForgotten = true;
  });
  await Promise.resolve();
  expect(isForgotten).toBe(false);
  over?.({ status: 204 });
  await forgetting;
  flow.logged({ messageId: 'm1', outcome: 'synced', milliseconds: 3 });
  expect([push('m2', Date.now() - 60_000), flow.find('m1'), flow.count(), flow.open()]).toEqual([
    ...[undefined, undefined, 0, 0],
  ]);
  expect(push('m3', Date.now() + 60_000)).toBeTypeOf('function');
});
